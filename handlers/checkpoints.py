"""Checkpoints, and who is on their shifts."""

from __future__ import annotations

from bot.domain.commands import Candidates, CheckpointList, ShiftRoster
from bot.views import checkpoints as views
from bot.views import rosters as roster_views
from handlers.wire.context import Context


async def on_checkpoint_list(context: Context, query: CheckpointList) -> None:
    """Which checkpoints are there?"""
    places = await context.use.checkpoints.places(context.actor, page=query.page)
    context.reply.show(views.checkpoint_list(context.t, places))


async def on_checkpoints_command(context: Context) -> None:
    """/checkpoints."""
    await on_checkpoint_list(context, CheckpointList())


async def on_roster(context: Context, query: ShiftRoster) -> None:
    """Who is on this shift?"""
    page = await context.use.rosters.look(context.actor, query.shift_id)
    context.reply.show(roster_views.roster(context.t, page))


async def on_candidates(context: Context, query: Candidates) -> None:
    """Whom could I put on it?"""
    page = await context.use.rosters.candidates(context.actor, query.shift_id, query.page)
    context.reply.show(roster_views.candidates(context.t, page))
