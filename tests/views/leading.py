"""The messages of shift leads."""

from __future__ import annotations

from bot.domain.lead_outcomes import Member, Members
from bot.domain.outcomes import Standing
from bot.domain.people import Role
from bot.i18n import Translator
from bot.views import leads
from tests.views.cast import COMMUNITY, GUEST, Cast, Scene


def _members(cast: Cast, *people: Member) -> Members:
    return Members(community_id=COMMUNITY, community=cast.community, people=people, page=1, pages=3)


def _member(cast: Cast, n: int, *, lead: bool = False, coordinates: bool = False) -> Member:
    return Member(person_id=GUEST, name=cast.crowd(3)[n], leads=lead, coordinates=coordinates)


def _choices(cast: Cast) -> Members:
    place = Standing(community_id=COMMUNITY, community=cast.community, roles=(Role.COORDINATOR,))
    return Members(choices=(place, place))


def lead_toasts(t: Translator, cast: Cast) -> list[str]:
    """Return every short answer about leads."""
    changed = (_member(cast, 0, lead=True), _member(cast, 0))
    return [leads.toast(t, Members(changed=member)) for member in changed]


LEADING: dict[str, Scene] = {
    "shift leads": lambda t, c: leads.members(
        t, _members(c, _member(c, 0, lead=True), _member(c, 1, coordinates=True), _member(c, 2))
    ),
    "shift leads, nobody of that name": lambda t, c: leads.members(
        t, Members(community_id=COMMUNITY, community=c.community)
    ),
    "shift leads, in which community": lambda t, c: leads.members(t, _choices(c)),
}
