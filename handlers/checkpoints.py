"""Checkpoints, and who is on their shifts."""

from __future__ import annotations

from bot.domain.commands import Candidates, CheckpointList, RemovePerson, ShiftRoster
from bot.views import checkpoints as views
from bot.views import rosters as roster_views
from bot.views import shifts as shift_views
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


async def on_remove(context: Context, command: RemovePerson) -> None:
    """Take somebody off it; the coordinator is asked once."""
    page = await context.use.rosters.look(context.actor, command.shift_id)
    person = next((p for p in page.on if p.person_id == command.person_id), None)
    if person is not None and not command.sure:
        context.reply.show(roster_views.sure_to_remove(context.t, page.slot, person))
        return
    changed = await context.use.rosters.remove(context.actor, command, context.cause)
    context.reply.toast(shift_views.toast(context.t, changed))
    await on_roster(context, ShiftRoster(command.shift_id))
