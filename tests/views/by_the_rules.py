"""The messages of a community's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain import life_errors
from bot.domain.commands import ClaimShift
from bot.domain.outcomes import RosterPage, Somebody
from bot.domain.rule_outcomes import Against
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import opening, rosters
from bot.views.parts import AGREED
from bot.views.reader import Reader
from tests.views.cast import GUEST, MEMBER, SHIFT, ZONE, Cast, Scene, slot

NIGHT = life_errors.RestTooShort(120, datetime(2026, 11, 30, 14, tzinfo=UTC), datetime(2026, 11, 30, 22, tzinfo=UTC))
LONG = life_errors.StretchTooLong(960)


def _reader(t: Translator) -> Reader:
    return Reader(t, ZoneInfo(ZONE))


def _somebody(cast: Cast) -> Somebody:
    return Somebody(person_id=GUEST, name=cast.people[0])


def _against(cast: Cast) -> Against:
    warnings = (life_errors.DayFull(1), NIGHT, LONG, life_errors.NotForMinors(), life_errors.NewcomerAlone())
    return Against(slot=slot(cast), person=_somebody(cast), warnings=warnings)


def _spared(cast: Cast) -> RosterPage:
    other = replace(_somebody(cast), person_id=MEMBER, name=cast.people[-1])
    reasons = {GUEST: AGREED, MEMBER: "<b>her wish</b>"}
    return RosterPage(slot=slot(cast), on=(_somebody(cast), other), waiting=(), open=True, reasons=reasons)


BY_THE_RULES: dict[str, Scene] = {
    "too little rest, all the same": lambda t, c: opening.doubt(
        _reader(t), slot(c), NIGHT, ClaimShift(SHIFT, sure=True)
    ),
    "too long in one go, all the same": lambda t, c: opening.doubt(
        _reader(t), slot(c), LONG, ClaimShift(SHIFT, sure=True)
    ),
    "too little rest, said in the group": lambda t, _: Message(opening.asked_in_private(_reader(t), NIGHT)),
    "too little rest, said to somebody out of reach": lambda t, _: Message(opening.ask_in_private(_reader(t), NIGHT)),
    "a reason to put somebody on": lambda t, c: opening.ask_reason(_reader(t), _against(c)),
    "who is on, in spite of the rules": lambda t, c: rosters.roster(t, _spared(c)),
}
