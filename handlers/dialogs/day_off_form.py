"""The form that calls a day off."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.making_commands import CallOffDay
from bot.domain.series_outcomes import DayForm
from bot.views import calling_off as views
from bot.views import making as making_views
from handlers.dialogs.form import stepwise
from handlers.wire.context import Context


async def on_call_off_day(context: Context, command: CallOffDay) -> None:
    """Begin the form by button."""
    _show(context, await context.use.calling_off.begin(context.actor, checkpoint_id=command.checkpoint_id))


async def on_call_off_command(context: Context) -> None:
    """/calloff, alone or with everything in one line."""
    _show(context, await context.use.calling_off.begin(context.actor, line=context.text))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    """Call off what the preview shows."""
    context.reply.show(views.done(context.t, await context.use.calling_off.call_off(context.actor, context.cause)))


def _show(context: Context, shown: DayForm) -> None:
    if shown.form.choices:
        context.reply.show(views.form(context.t, shown))
    else:
        context.reply.show(making_views.form(context.t, shown.form))


FORM = stepwise(lambda use: use.calling_off, _show, confirm=_confirm)
