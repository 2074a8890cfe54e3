"""The messages in which people are asked for, what they put into their calendars, and the brief."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.brief_outcomes import BriefChoice, BriefTold, OfSomebody
from bot.domain.calendar_outcomes import CalendarEntry, CalendarPage
from bot.domain.gap_outcomes import GapCard
from bot.domain.people import Person
from bot.domain.roles import RoleFill
from bot.i18n import Translator
from bot.ports.message import Document, Message
from bot.views import briefs, calendars, gaps
from tests.views.cast import COMMUNITY, MEMBER, TODAY, ZONE, Cast, Scene, mine, slot


def _card(t: Translator, cast: Cast, *, days: int, over: bool = False, roles: tuple[RoleFill, ...] = ()) -> Message:
    slots = tuple(replace(slot(cast, hour=n % 24, day=n // 24, on=1), needed=3, roles=roles) for n in range(days))
    return gaps.gap_card(t, GapCard(language=t.language, slots=slots, over=over))


def _roles(cast: Cast) -> tuple[RoleFill, ...]:
    duty = RoleFill(key="a", name=cast.place, needed=2, capacity=2, on=1)
    return duty, replace(duty, key="b", on=2), replace(duty, key="c", on=0, skill=cast.community)


def _calendar(t: Translator, cast: Cast, size: int, *, cancelled: bool = False, everything: bool = False) -> Message:
    entry = CalendarEntry(slot=mine(cast), sequence=2, cancelled=cancelled)
    made = datetime(2026, 12, 1, tzinfo=UTC)
    page = CalendarPage(entries=(entry,) * size, made_at=made, everything=everything)
    return calendars.calendar(t, page, b"BEGIN:VCALENDAR")


def _brief(t: Translator, cast: Cast, size: int, *, quiet: bool = False) -> Message:
    some = tuple(replace(slot(cast, hour=8 + n % 12, day=n // 12), needed=3) for n in range(size))
    people = tuple(OfSomebody(cast.people[n % len(cast.people)], s) for n, s in enumerate(some))
    told = BriefTold(
        reader=Person(id=MEMBER, name=cast.people[0], account=1),
        language=t.language,
        community_id=COMMUNITY,
        community=cast.community,
        zone=ZONE,
        day=TODAY,
        today=some,
        gaps=() if quiet else some,
        silent=() if quiet else people,
        unreached=() if quiet else people,
    )
    return briefs.brief(t, told)


def _picture(t: Translator, _cast: Cast) -> Message:
    return briefs.reach(t, "https://t.me/muster_bot?start=mine", Document("start.png", b"PNG", picture=True))


ASKING: dict[str, Scene] = {
    "calendar file of a shift": lambda t, c: _calendar(t, c, 1),
    "calendar file of a shift that is no longer mine": lambda t, c: _calendar(t, c, 1, cancelled=True),
    "calendar file of all my shifts": lambda t, c: _calendar(t, c, 3, everything=True),
    "calendar file without shifts": lambda t, c: _calendar(t, c, 0, everything=True),
    "morning brief": lambda t, c: _brief(t, c, 2),
    "morning brief of a quiet day": lambda t, c: _brief(t, c, 1, quiet=True),
    "when the morning brief comes": lambda t, _: briefs.times(t, BriefChoice(at="07:30", changed=True)),
    "no morning brief": lambda t, _: briefs.times(t, BriefChoice(at="")),
    "a time that is none": lambda t, _: briefs.times(t, BriefChoice(at="07:30", unread="<later>")),
    "a link for those who cannot be written to": _picture,
    "people are needed": lambda t, c: _card(t, c, days=2),
    "people are needed for roles": lambda t, c: _card(t, c, days=1, roles=_roles(c)),
    "people are needed, all filled": lambda t, c: _card(t, c, days=0),
    "people are needed, a newer list": lambda t, c: _card(t, c, days=1, over=True),
}
FULLEST_ASKING: dict[str, Scene] = {
    "morning brief of a full week": lambda t, c: _brief(t, c, 90),
    "calendar file of a shift": lambda t, c: _calendar(t, c, 1),
    "calendar file of a shift that is no longer mine": lambda t, c: _calendar(t, c, 1, cancelled=True),
    "calendar file of all my shifts": lambda t, c: _calendar(t, c, 3, everything=True),
    "calendar file without shifts": lambda t, c: _calendar(t, c, 0, everything=True),
    "people are needed everywhere": lambda t, c: _card(t, c, days=70, roles=_roles(c)),
}
