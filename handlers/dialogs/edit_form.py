"""The form that changes one shift."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.edit_outcomes import ShiftEdit, WhichReading
from bot.domain.making_commands import AskAgain, ChangeShift, ReopenShift, UndoEdit
from bot.views import editing as views
from bot.views import rosters as roster_views
from handlers.dialogs.form import stepwise
from handlers.wire.context import Context


async def on_change_shift(context: Context, command: ChangeShift) -> None:
    """Begin the form by button, or go on with it."""
    _show(context, await context.use.editing.begin(context.actor, command))


async def on_change_shift_command(context: Context) -> None:
    """/changeshift, alone or with everything in one line."""
    _show(context, await context.use.editing.begin_typed(context.actor, context.text))


async def on_undo_edit(context: Context, command: UndoEdit) -> None:
    """Take back the change just made."""
    context.reply.show(views.undone(context.t, await context.use.editing.undo(context.actor, command, context.cause)))


async def on_reopen_shift(context: Context, command: ReopenShift) -> None:
    """A cancelled shift takes place after all."""
    done = await context.use.editing.reopen(context.actor, command, context.cause)
    context.reply.toast(views.reopened(context.t, done))
    page = await context.use.rosters.look(context.actor, command.shift_id)
    context.reply.show(roster_views.roster(context.t, page))


async def on_ask_again(context: Context, command: AskAgain) -> None:
    """Ask once more whoever has not answered."""
    done = await context.use.editing.ask_again(context.actor, command, context.cause)
    context.reply.toast(views.asked_again(context.t, done))
    page = await context.use.rosters.look(context.actor, command.shift_id)
    context.reply.show(roster_views.roster(context.t, page))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    _show(context, await context.use.editing.confirm(context.actor, context.cause))


def _show(context: Context, done: ShiftEdit | WhichReading) -> None:
    context.reply.show(views.form(context.t, done))


FORM = stepwise(lambda use: use.editing, _show, confirm=_confirm)
