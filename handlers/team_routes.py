"""Which handler serves the buttons of teams; part of the routing table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain import team_commands as team
from bot.domain.commands import Command
from handlers import teams
from handlers.dialogs import team_forms
from handlers.wire.context import Context

TEAM_PRESSED: dict[type[Command], Callable[[Context, Any], Awaitable[None]]] = {
    team.TeamList: teams.on_team_list,
    team.OneTeam: teams.on_one_team,
    team.NewTeam: team_forms.on_new_team,
    team.RenameTeam: team_forms.on_rename_team,
    team.MarkPartner: teams.on_mark_partner,
    team.CloseTeam: teams.on_close_team,
    team.JoinList: team_forms.on_join_list,
    team.JoinTeam: teams.on_join_team,
    team.LeaveTeam: teams.on_leave_team,
}
