"""The form for a series."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.making_commands import NewSeries
from bot.domain.series_outcomes import SeriesForm
from bot.views import making as making_views
from bot.views import series as views
from handlers.dialogs.form import stepwise
from handlers.wire.context import Context


async def on_new_series(context: Context, command: NewSeries) -> None:
    """Begin the form by button."""
    _show(context, await context.use.series_planning.begin(context.actor, checkpoint_id=command.checkpoint_id))


async def on_new_series_command(context: Context) -> None:
    """/newseries, alone or with everything in one line."""
    _show(context, await context.use.series_planning.begin(context.actor, line=context.text))


async def _confirm(context: Context, draft: Draft) -> None:  # noqa: ARG001 (one shape for all)
    """Begin the series that the preview shows."""
    request = await context.use.series_planning.request(context.actor)
    planned = await context.use.series.make(context.actor, request, context.cause)
    await context.use.forms.close(context.actor)
    context.reply.show(views.made(context.t, planned))


def _show(context: Context, shown: SeriesForm) -> None:
    if shown.form.choices:
        context.reply.show(views.form(context.t, shown))
    else:
        context.reply.show(making_views.form(context.t, shown.form))


FORM = stepwise(lambda use: use.series_planning, _show, confirm=_confirm)
