"""The form for new shifts."""

from __future__ import annotations

from bot.domain.commands import NewShift, UndoBatch
from bot.domain.drafts import Draft
from bot.domain.outcomes import ShiftForm
from bot.views import making as views
from handlers.dialogs.form import stepwise
from handlers.wire.context import Context


async def on_new_shift(context: Context, command: NewShift) -> None:
    """Begin the form by button."""
    _show(context, await context.use.planning.begin(context.actor, checkpoint_id=command.checkpoint_id))


async def on_new_shift_command(context: Context) -> None:
    """/newshift, alone or with everything in one line."""
    _show(context, await context.use.planning.begin(context.actor, line=context.text))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    """Make what the preview says."""
    request = await context.use.planning.request(context.actor)
    planned = await context.use.making.make(context.actor, request, context.cause)
    await context.use.forms.close(context.actor)
    context.reply.show(views.made(context.t, planned))


async def on_undo_batch(context: Context, command: UndoBatch) -> None:
    """Take back what was just made."""
    outcome = await context.use.making.undo(context.actor, command, context.cause)
    context.reply.show(views.undone(context.t, outcome))


def _show(context: Context, form: ShiftForm) -> None:
    context.reply.show(views.form(context.t, form))


FORM = stepwise(lambda use: use.planning, _show, confirm=_confirm)
