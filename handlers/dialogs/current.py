"""Whatever form the person has open gets their answers."""

from __future__ import annotations

from bot.domain.commands import Back, Cancel, Confirm, Fill
from bot.domain.errors import DraftGone
from bot.services import planning
from bot.views import home as home_views
from bot.views import making as views
from handlers.dialogs import name_forms, shift_form
from handlers.wire.context import Context


async def on_fill(context: Context, command: Fill) -> None:
    """A button answers the form's step."""
    await _fill(context, command.step, command.value)


async def on_text(context: Context) -> None:
    """Typed text answers the form's step; without an open form, the first page is shown."""
    draft = await context.use.forms.current(context.actor)
    if draft is None:
        home = await context.use.lists.home(context.actor)
        context.reply.show(home_views.home(context.t, home))
    else:
        await _fill(context, draft.step, context.text)


async def on_back(context: Context, command: Back) -> None:  # noqa: ARG001 (one shape for all)
    """One step back."""
    await shift_form.back(context)


async def on_confirm(context: Context, command: Confirm) -> None:  # noqa: ARG001 (one shape for all)
    """Do what the preview says."""
    await shift_form.confirm(context)


async def on_cancel(context: Context, command: Cancel) -> None:  # noqa: ARG001 (one shape for all)
    """Give the form up."""
    await context.use.forms.close(context.actor)
    context.reply.show(views.given_up(context.t))


async def on_cancel_command(context: Context) -> None:
    """/cancel."""
    await on_cancel(context, Cancel())


async def continue_form(context: Context) -> None:
    """Show the open form again, in the chat where it is continued; without one, the first page."""
    draft = await context.use.forms.current(context.actor)
    if draft is None:
        await on_text(context)
    elif draft.dialog == planning.DIALOG:
        await shift_form.again(context)
    else:
        await name_forms.again(context, draft)


async def _fill(context: Context, step: str, value: str) -> None:
    draft = await context.use.forms.current(context.actor)
    if draft is None:
        raise DraftGone
    if draft.dialog == planning.DIALOG:
        await shift_form.fill(context, step, value)
    else:
        await name_forms.fill(context, draft.dialog, step, value)
