"""A coordinator gives people their roles."""

from __future__ import annotations

from bot.domain.standing_commands import ChangeRole
from bot.views import roles as views
from bot.views import rosters as roster_views
from bot.views import shifts as shift_views
from handlers.wire.context import Context


async def on_change_role(context: Context, command: ChangeRole) -> None:
    """Somebody on the shift is to do something else; the coordinator is asked what."""
    if not command.role:
        choice = await context.use.rosters.choice(context.actor, command.shift_id, command.person_id)
        context.reply.show(views.choose(context.t, choice))
        return
    changed = await context.use.rosters.change_role(context.actor, command, context.cause)
    context.reply.toast(shift_views.toast(context.t, changed))
    page = await context.use.rosters.look(context.actor, command.shift_id)
    context.reply.show(roster_views.roster(context.t, page))
