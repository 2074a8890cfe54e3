"""The form for new shifts."""

from __future__ import annotations

from bot.domain.commands import NewShift, UndoBatch
from bot.domain.outcomes import ShiftForm
from bot.views import making as views
from handlers.wire.context import Context


async def on_new_shift(context: Context, command: NewShift) -> None:
    """Begin the form by button."""
    await _show(context, await context.use.planning.begin(context.actor, checkpoint_id=command.checkpoint_id))


async def on_new_shift_command(context: Context) -> None:
    """/newshift, alone or with everything in one line."""
    await _show(context, await context.use.planning.begin(context.actor, line=context.text))


async def fill(context: Context, step: str, text: str) -> None:
    """Answer the form's step."""
    await _show(context, await context.use.planning.fill(context.actor, step, text))


async def back(context: Context) -> None:
    """Ask the step before."""
    await _show(context, await context.use.planning.back(context.actor))


async def again(context: Context) -> None:
    """Show the form as it stands."""
    await _show(context, await context.use.planning.show(context.actor))


async def confirm(context: Context) -> None:
    """Make what the preview says."""
    request = await context.use.planning.request(context.actor)
    planned = await context.use.making.make(context.actor, request, context.cause)
    await context.use.forms.close(context.actor)
    context.reply.show(views.made(context.t, planned))


async def on_undo_batch(context: Context, command: UndoBatch) -> None:
    """Take back what was just made."""
    outcome = await context.use.making.undo(context.actor, command, context.cause)
    context.reply.show(views.undone(context.t, outcome))


async def _show(context: Context, form: ShiftForm) -> None:
    context.reply.show(views.form(context.t, form))
