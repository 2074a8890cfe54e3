"""Several shifts in one go: a list to mark them in, and what came of it."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.rule_commands import TakeSeveral, UndoSeveral
from bot.services.several import PICK
from bot.views import home as home_views
from bot.views import several as views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_take_several(context: Context, command: TakeSeveral) -> None:
    """Let me mark several."""
    context.reply.show(views.form(context.t, await context.use.several.begin(context.actor, command)))


async def on_undo_several(context: Context, command: UndoSeveral) -> None:  # noqa: ARG001 (one shape for all)
    """Give back what I just took."""
    context.reply.show(views.undone(context.t, await context.use.several.undo(context.actor, context.cause)))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if draft.step == PICK and context.posted is not None:
        context.reply.show(views.form(context.t, await context.use.several.fill(context.actor, step, text)))
    else:
        await _again(context, draft)


async def _again(context: Context, draft: Draft) -> None:
    """Show the list as it stands; typed words mark nothing, and once all is taken the form is only kept for undoing."""
    if draft.step == PICK:
        context.reply.show(views.form(context.t, await context.use.several.show(context.actor)))
    else:
        context.reply.show(home_views.home(context.t, await context.use.lists.home(context.actor)))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    done, whys = await context.use.several.take(context.actor, context.cause)
    context.reply.show(views.taken(context.t, done, whys))


FORM = Form(fill=_fill, again=_again, confirm=_confirm)
