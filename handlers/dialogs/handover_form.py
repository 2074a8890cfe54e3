"""The form for handing over, and the chain of a checkpoint's notes."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.duty_commands import AcceptHandover, HandoverChain, HandoverPhoto, LeaveNote
from bot.ports.message import Message
from bot.services.handovers import form_of
from bot.views import handovers as views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_leave_note(context: Context, command: LeaveNote) -> None:
    """Begin to hand over."""
    context.reply.show(views.form(context.t, await context.use.handovers.begin(context.actor, command.shift_id)))


async def on_accept_handover(context: Context, command: AcceptHandover) -> None:
    """Somebody takes over."""
    note = await context.use.handovers.accept(context.actor, command, context.cause)
    context.reply.show(views.accepted(context.t, note))


async def on_handover_chain(context: Context, query: HandoverChain) -> None:
    """What was handed over here?"""
    context.reply.show(views.chain(context.t, await context.use.handovers.chain(context.actor, query)))


async def on_handover_photo(context: Context, query: HandoverPhoto) -> None:
    """Show a handover's photo."""
    note, photo = await context.use.handovers.photo(context.actor, query)
    context.reply.send(Message(views.photo_caption(context.t, note), photo=photo))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:  # noqa: ARG001 (one shape for all)
    done = await context.use.handovers.fill(context.actor, step, text, context.photo, context.cause)
    context.reply.show(views.form(context.t, done))


async def _again(context: Context, draft: Draft) -> None:
    context.reply.show(views.form(context.t, form_of(draft)))


async def _back(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    context.reply.show(views.form(context.t, await context.use.handovers.back(context.actor)))


FORM = Form(fill=_fill, again=_again, back=_back)
