"""Series: the list, one of them, ending it, taking it back, bringing a day back."""

from __future__ import annotations

from bot.domain.making_commands import EndSeries, OneSeries, RestoreDay, SeriesList, UndoSeries
from bot.views import series as views
from handlers.wire.context import Context


async def on_series_list(context: Context, query: SeriesList) -> None:
    """Which series are there?"""
    context.reply.show(views.page(context.t, await context.use.series.page(context.actor, query)))


async def on_series_command(context: Context) -> None:
    """/series."""
    await on_series_list(context, SeriesList())


async def on_one_series(context: Context, query: OneSeries) -> None:
    """One series."""
    context.reply.show(views.one(context.t, await context.use.series.look(context.actor, query.series_id)))


async def on_undo_series(context: Context, command: UndoSeries) -> None:
    """Take back what was just begun."""
    outcome = await context.use.series.undo(context.actor, command, context.cause)
    context.reply.show(views.undone(context.t, outcome))


async def on_end_series(context: Context, command: EndSeries) -> None:
    """End a series; the coordinator is asked how, with the number of people it concerns."""
    if not command.sure:
        keeps = await context.use.series.end(context.actor, EndSeries(command.series_id), context.cause)
        calls_off = await context.use.series.end(context.actor, EndSeries(command.series_id, off=True), context.cause)
        context.reply.show(views.sure_to_end(context.t, keeps, calls_off))
        return
    context.reply.show(views.ended(context.t, await context.use.series.end(context.actor, command, context.cause)))


async def on_restore_day(context: Context, command: RestoreDay) -> None:
    """A day takes place after all."""
    looked = await context.use.series.restore(context.actor, command, context.cause)
    context.reply.show(views.one(context.t, looked))
