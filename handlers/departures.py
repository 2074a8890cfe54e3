"""Somebody left the group, and a coordinator answers what becomes of their shifts."""

from __future__ import annotations

from bot.domain.getting_commands import FreePlaces, KeepPlaces
from bot.views import departures as views
from handlers.wire.context import Context


async def on_free_places(context: Context, command: FreePlaces) -> None:
    """Free them all."""
    departed = await context.use.departures.free(context.actor, command, context.cause)
    context.reply.show(views.decided(context.t, departed))


async def on_keep_places(context: Context, command: KeepPlaces) -> None:
    """They still come."""
    context.reply.show(views.decided(context.t, await context.use.departures.keep(context.actor, command)))
