"""Teams: the list, one of them, who is in it."""

from __future__ import annotations

from bot.domain.team_commands import CloseTeam, JoinTeam, LeaveTeam, MarkPartner, OneTeam, TeamList
from bot.views import teams as views
from handlers.wire.context import Context


async def on_teams_command(context: Context) -> None:
    """/teams, alone or with the name of a new one."""
    shown = await context.use.teams.make_typed(context.actor, context.text, context.cause) if context.text else None
    if shown is None:
        await on_team_list(context, TeamList())
    else:
        context.reply.show(views.one(context.t, shown))


async def on_team_list(context: Context, query: TeamList) -> None:
    """Which teams are there, and which am I in?"""
    context.reply.show(views.page(context.t, await context.use.teams.page(context.actor, query)))


async def on_one_team(context: Context, query: OneTeam) -> None:
    """Who is in it?"""
    context.reply.show(views.one(context.t, await context.use.teams.one(context.actor, query)))


async def on_mark_partner(context: Context, command: MarkPartner) -> None:
    """It is a partner unit, or is none."""
    context.reply.show(
        views.one(context.t, await context.use.teams.mark_partner(context.actor, command, context.cause))
    )


async def on_close_team(context: Context, command: CloseTeam) -> None:
    """There is no such team any more; the coordinator is asked once."""
    if command.sure:
        context.reply.show(views.one(context.t, await context.use.teams.close(context.actor, command, context.cause)))
        return
    shown = await context.use.teams.one(context.actor, OneTeam(command.team_id))
    context.reply.show(views.sure_to_close(context.t, shown))


async def on_join_team(context: Context, command: JoinTeam) -> None:
    """They belong to it; the question for a name is answered by the button."""
    shown = await context.use.teams.join(context.actor, command, context.cause)
    await context.use.forms.close(context.actor)
    context.reply.show(views.one(context.t, shown))


async def on_leave_team(context: Context, command: LeaveTeam) -> None:
    """They belong to it no longer."""
    context.reply.show(views.one(context.t, await context.use.teams.leave(context.actor, command, context.cause)))
