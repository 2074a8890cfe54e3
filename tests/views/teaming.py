"""Messages about teams."""

from __future__ import annotations

from bot.domain.ids import TeamId
from bot.domain.outcomes import Somebody, Standing
from bot.domain.people import Role
from bot.domain.team_outcomes import Joiners, TeamPage, TeamRow, TeamShown
from bot.views import teams
from tests.views.cast import COMMUNITY, MEMBER, Cast, Scene

TEAM = TeamId("c0mmun-t3amt3amt3am")


def _people(cast: Cast, count: int) -> tuple[Somebody, ...]:
    return tuple(Somebody(person_id=MEMBER, name=n) for n in cast.crowd(count))


def _page(cast: Cast, *, leads: bool) -> TeamPage:
    rows = (
        TeamRow(team_id=TEAM, name=cast.community, people=3, mine=not leads),
        TeamRow(team_id=TEAM, name=cast.place, community=cast.community, people=1, partner=True),
    )
    return TeamPage(teams=rows, leads=_leads(cast) if leads else (), page=0, pages=2)


def _leads(cast: Cast) -> tuple[Standing, ...]:
    return (Standing(community_id=COMMUNITY, community=cast.community, roles=(Role.COORDINATOR,)),)


def _shown(cast: Cast, people: int, *, leads: bool = True, partner: bool = False, closed: bool = False) -> TeamShown:
    return TeamShown(
        team_id=TEAM,
        community_id=COMMUNITY,
        name=cast.place,
        partner=partner,
        closed=closed,
        people=_people(cast, people),
        count=people + 6,
        leads=leads,
        page=0,
        pages=2,
    )


def _joiners(cast: Cast, people: int) -> Joiners:
    return Joiners(team_id=TEAM, name=cast.place, people=_people(cast, people), page=0, pages=1)


TEAMING: dict[str, Scene] = {
    "teams, for a coordinator": lambda t, c: teams.page(t, _page(c, leads=True)),
    "teams, for a volunteer": lambda t, c: teams.page(t, _page(c, leads=False)),
    "teams, none": lambda t, c: teams.page(t, TeamPage(teams=(), leads=_leads(c), page=0, pages=1)),
    "a team": lambda t, c: teams.one(t, _shown(c, 2)),
    "a partner unit, for a volunteer": lambda t, c: teams.one(t, _shown(c, 2, leads=False, partner=True)),
    "a team that nobody is in": lambda t, c: teams.one(t, _shown(c, 0)),
    "a team that was closed": lambda t, c: teams.one(t, _shown(c, 2, leads=False, closed=True)),
    "who belongs to a team": lambda t, c: teams.joiners(t, _joiners(c, 3)),
    "who belongs to a team, everybody": lambda t, c: teams.joiners(t, _joiners(c, 0)),
    "what a team is called": lambda t, _: teams.ask_name(t),
    "what a team shall be called": lambda t, c: teams.ask_name(t, c.place),
    "sure to close a team": lambda t, c: teams.sure_to_close(t, _shown(c, 2)),
}
