"""Changing a team: its name, whether it is a partner unit, and its end. Making and joining: `bot.domain.skills`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain import duty_events as happened
from bot.domain.events import Event
from bot.domain.ids import PersonId
from bot.domain.people import clean_name
from bot.domain.skill_errors import MemberUnknown, TeamTaken, TeamUnknown
from bot.domain.skills import LONGEST_TEAM_NAME, Team


def rename(team: Team, name: str, *, by: PersonId) -> tuple[Team, list[Event]]:
    """Give a team another name. Raises NameInvalid."""
    name = clean_name(name, longest=LONGEST_TEAM_NAME)
    return replace(team, name=name), [_changed(team, "name", name, by)] if name != team.name else []


def mark_partner(team: Team, *, partner: bool, by: PersonId) -> tuple[Team, list[Event]]:
    """Say whether a team is a partner unit."""
    if team.partner is partner:
        return team, []
    return replace(team, partner=partner), [_changed(team, "partner", "1" if partner else "0", by)]


def close(team: Team, *, by: PersonId) -> tuple[Team, list[Event]]:
    """End a team; shifts that belong to it are everybody's from now on."""
    return (replace(team, open=False), [_changed(team, "closed", "", by)]) if team.open else (team, [])


def check_free(name: str, there: Iterable[Team], *, but: Team | None = None) -> None:
    """Raise TeamTaken where an open team other than `but` has that name already; case does not count."""
    wanted = " ".join(name.split()).casefold()
    if any(t.open and t.name.casefold() == wanted and (but is None or t.id != but.id) for t in there):
        raise TeamTaken(name)


def team_named(name: str, there: Iterable[Team]) -> Team:
    """Return the open team of that name. Raises TeamUnknown."""
    wanted = " ".join(name.split()).casefold()
    found = next((t for t in there if t.open and t.name.casefold() == wanted), None)
    if found is None:
        raise TeamUnknown(name)
    return found


def meant_by(said: str, people: Iterable[tuple[PersonId, str]]) -> PersonId:
    """Return whom a typed name means: the one called so, or the only one whose name has it in it.

    Raises MemberUnknown.
    """
    wanted = " ".join(said.split()).casefold()
    known = [(id_, name.casefold()) for id_, name in people]
    fits = [id_ for id_, name in known if name == wanted] or [id_ for id_, name in known if wanted and wanted in name]
    if len(fits) != 1:
        raise MemberUnknown(said, several=len(fits) > 1)
    return fits[0]


def _changed(team: Team, what: str, value: str, by: PersonId) -> Event:
    return happened.TeamChanged(community_id=team.community_id, actor=by, team_id=team.id, what=what, value=value)
