"""The form that changes a series."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.edit_outcomes import WhichReading
from bot.domain.making_commands import ChangeSeries
from bot.domain.series_outcomes import SeriesEdit
from bot.views import series_editing as views
from handlers.dialogs.form import stepwise
from handlers.wire.context import Context


async def on_change_series(context: Context, command: ChangeSeries) -> None:
    """Begin the form by button."""
    _show(context, await context.use.series_editing.begin(context.actor, command))


async def on_change_series_command(context: Context) -> None:
    """/changeseries, alone or with everything in one line."""
    done = await context.use.series_editing.begin_typed(context.actor, context.text)
    context.reply.show(views.form(context.t, done))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    _show(context, await context.use.series_editing.confirm(context.actor, context.cause))


def _show(context: Context, done: SeriesEdit | WhichReading) -> None:
    context.reply.show(views.form(context.t, done))


FORM = stepwise(lambda use: use.series_editing, _show, confirm=_confirm)
