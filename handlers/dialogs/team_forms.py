"""What a team is called, and who belongs to it by name."""

from __future__ import annotations

from bot.domain.drafts import Draft
from bot.domain.errors import DraftGone
from bot.domain.ids import CommunityId, TeamId
from bot.domain.team_commands import JoinList, NewTeam, OneTeam, RenameTeam
from bot.services import writing
from bot.views import teams as views
from handlers.dialogs.form import Form
from handlers.wire.context import Context


async def on_new_team(context: Context, command: NewTeam) -> None:
    """Begin to name a team."""
    await context.use.writing.begin(context.actor, writing.TEAM_NAME, CommunityId(command.community_id))
    context.reply.show(views.ask_name(context.t))


async def on_rename_team(context: Context, command: RenameTeam) -> None:
    """Begin to give a team another name."""
    shown = await context.use.teams.one(context.actor, OneTeam(command.team_id))
    await context.use.writing.begin(
        context.actor, writing.TEAM_NAME, shown.community_id, before=shown.name, team_id=shown.team_id
    )
    context.reply.show(views.ask_name(context.t, shown.name))


async def on_join_list(context: Context, query: JoinList) -> None:
    """Who could be added? A typed name answers as well."""
    shown = await context.use.teams.joiners(context.actor, query)
    community = CommunityId(shown.team_id.partition("-")[0])
    await context.use.writing.begin(context.actor, writing.TEAM_MEMBER, community, team_id=shown.team_id)
    context.reply.show(views.joiners(context.t, shown))


async def _fill(context: Context, draft: Draft, step: str, text: str) -> None:
    if step != draft.step:
        raise DraftGone
    team, use = TeamId(draft.text("team_id")), context.use.teams
    if draft.dialog == writing.TEAM_MEMBER:
        shown = await use.join_named(context.actor, team, text, context.cause)
    elif team:
        shown = await use.rename(context.actor, team, text, context.cause)
    else:
        shown = await use.make(context.actor, draft.community_id, text, context.cause)
    await context.use.forms.close(context.actor)
    context.reply.show(views.one(context.t, shown))


async def _again(context: Context, draft: Draft) -> None:
    if draft.dialog == writing.TEAM_MEMBER:
        shown = await context.use.teams.joiners(context.actor, JoinList(TeamId(draft.text("team_id"))))
        context.reply.show(views.joiners(context.t, shown))
    else:
        context.reply.show(views.ask_name(context.t, draft.text("before")))


FORM = Form(fill=_fill, again=_again)
