"""Messages about shifts with roles."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.outcomes import CardRow, DayCard, Planned, RosterPage, ShiftForm, Slot, Somebody, Told
from bot.domain.people import Person
from bot.domain.role_outcomes import RoleChoice
from bot.domain.roles import RoleFill
from bot.views import cards, making, notices, roles, rosters, shifts
from tests.views.cast import CHECKPOINT, COMMUNITY, MEMBER, TODAY, ZONE, Cast, Scene, choices, mine, slot

NAMES = {"East Gate": ("duty", "register", "temperature", "first aid"), "东门": ("执勤", "登记", "测温", "急救证")}


def posted(cast: Cast) -> Slot:
    """Return a shift with three roles, one of them full, one offered in line."""
    duty, desk, heat, aid = NAMES.get(cast.place, (cast.place,) * 4)
    divided = (
        RoleFill(key="a", name=duty, needed=2, capacity=2, on=1),
        RoleFill(key="b", name=desk, needed=1, capacity=1, on=1),
        RoleFill(key="c", name=heat, needed=1, capacity=2, offered=1, skill=aid),
    )
    return replace(slot(cast, on=2), needed=4, capacity=5, offered=1, roles=divided)


def _card(cast: Cast, language: str) -> DayCard:
    row = CardRow(slot=posted(cast), names=cast.crowd(2), roles=("b", "a"), started=False, over=False)
    return DayCard(place=cast.place, day=TODAY, zone=ZONE, language=language, rows=(row,))


def _mine(cast: Cast) -> Slot:
    return replace(mine(cast), roles=posted(cast).roles, role=posted(cast).roles[0].name)


def _roster(cast: Cast) -> RosterPage:
    shown = posted(cast)
    on = tuple(
        Somebody(person_id=MEMBER, name=who, role=r.name) for who, r in zip(cast.crowd(2), shown.roles[:2], strict=True)
    )
    return RosterPage(slot=shown, on=on, waiting=(), open=True)


def _told(cast: Cast, language: str) -> Told:
    reader = Person(id=MEMBER, name=cast.people[0], account=1)
    return Told(
        kind="role_changed",
        reader=reader,
        language=language,
        slot=_mine(cast),
        by=cast.people[-1],
        waiting=False,
        repeat=False,
    )


def _form(cast: Cast) -> ShiftForm:
    shown = posted(cast)
    planned = Planned(
        community_id=COMMUNITY,
        checkpoint_id=CHECKPOINT,
        place=cast.place,
        zone=ZONE,
        spans=((shown.start, shown.end),),
        existing=0,
        needed=4,
        capacity=5,
        roles=shown.roles,
    )
    return ShiftForm(step="preview", choices=choices(cast, 1), today=TODAY, planned=planned)


def _choice(cast: Cast, *, role: str = "", full: bool = False) -> RoleChoice:
    shown = posted(cast)
    if full:
        shown = replace(shown, roles=tuple(replace(r, on=r.capacity) for r in shown.roles))
    return RoleChoice(slot=shown, person=Somebody(person_id=MEMBER, name=cast.people[0], role=role), on=bool(role))


WITH_ROLES: dict[str, Scene] = {
    "card with roles": lambda t, c: cards.card(t, _card(c, t.language)),
    "roster with roles": lambda t, c: rosters.roster(t, _roster(c)),
    "told, another role": lambda t, c: notices.notice(t, _told(c, t.language)),
    "preview with roles": lambda t, c: making.form(t, _form(c)),
    "which role": lambda t, c: roles.which(t, posted(c)),
    "which role for somebody": lambda t, c: roles.choose(t, _choice(c)),
    "which role instead": lambda t, c: roles.choose(t, _choice(c, role=posted(c).roles[0].name)),
    "no role has room": lambda t, c: roles.choose(t, _choice(c, role=posted(c).roles[0].name, full=True)),
    "my shift in a role": lambda t, c: shifts.one(t, _mine(c)),
}
