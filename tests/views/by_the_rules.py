"""The messages of a community's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import errors, life_errors
from bot.domain.agreements import RULES, value_of
from bot.domain.commands import ClaimShift, Home
from bot.domain.duty_outcomes import Asked, Duty
from bot.domain.events import Fact
from bot.domain.ids import ShiftId
from bot.domain.outcomes import CardRow, DayCard, RosterPage, Slot, SlotPage, Somebody, Standing, Told
from bot.domain.people import Person, Role
from bot.domain.rule_outcomes import Against, Book, GuestPage, OneAgreed, OpenPage, Several, SeveralForm, Youth
from bot.domain.rules import ShiftRules
from bot.i18n import Translator
from bot.ports.message import Button, Message
from bot.views import (
    attendance,
    cards,
    guests,
    notices,
    opening,
    openings,
    rosters,
    rules,
    several,
    shifts,
    writing,
    youths,
)
from bot.views.parts import AGREED, label
from bot.views.reader import Reader
from bot.views.rule_words import examples, meanings, said, titles
from tests.views.cast import (
    CHECKPOINT,
    COMMUNITY,
    GUEST,
    MEMBER,
    SHIFT,
    TODAY,
    ZONE,
    Cast,
    Scene,
    mine,
    offered,
    slot,
    waiting,
)

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


def _book(cast: Cast, *, leads: bool) -> Book:
    values = tuple((rule.key, value_of(ShiftRules(), rule)) for rule in RULES)
    return Book(community_id=COMMUNITY, community=cast.community, values=values, leads=leads)


def _one(cast: Cast, key: str, value: str, *, before: str = "", leads: bool = True) -> OneAgreed:
    return OneAgreed(community_id=COMMUNITY, community=cast.community, key=key, value=value, before=before, leads=leads)


def _all_said(t: Translator) -> Message:
    """Return every value that a button offers, for every rule."""
    named = titles(t)
    lines = [f"{named[rule.key]}: {' / '.join(said(t, rule.key, choice) for choice in rule.choices)}" for rule in RULES]
    return Message("\n".join(lines))


def _all_meant(t: Translator) -> Message:
    """Return what every rule means, and how it is typed."""
    return Message("\n".join([*meanings(t).values(), *map(str, examples(t).values())]))


def _which(cast: Cast, set_: tuple[str, str] | None) -> Book:
    standing = Standing(community_id=COMMUNITY, community=cast.community, roles=(Role.COORDINATOR,))
    return Book(communities=(standing, standing), set_=set_)


def _open(cast: Cast, *slots: Slot, place: str = "") -> SlotPage:
    checkpoint = CHECKPOINT if place else ""
    return SlotPage(
        slots=slots,
        page=1 if slots else 0,
        pages=3 if slots else 1,
        checkpoint_id=checkpoint,
        place=place,
        several=True,
    )


def _takeable(cast: Cast) -> SlotPage:
    return _open(cast, slot(cast), waiting(cast), offered(cast), slot(cast, hour=20, day=1, on=2))


def _with_reasons(cast: Cast) -> OpenPage:
    ids = [ShiftId(f"c0mmun-sh1ftsh1fts{n}") for n in range(5)]
    begins = slot(cast).start
    reasons = (
        errors.ShiftFull(ids[0], 3),
        errors.ShiftOverlaps(ids[1], begins, begins + timedelta(hours=4)),
        life_errors.NotYetOpen(begins),
        life_errors.SkillMissing(cast.people[0]),
    )
    slots = [replace(slot(cast, hour=4 * n, on=3 if n == 0 else 1), shift_id=id_) for n, id_ in enumerate(ids)]
    return OpenPage(
        page=_open(cast, *slots, place=cast.place), every=True, why_not=dict(zip(ids, reasons, strict=False))
    )


def _several(cast: Cast) -> Several:
    later = [replace(slot(cast, hour=8 + 4 * n), shift_id=ShiftId(f"c0mmun-sh1ftsh1fts{n}")) for n in range(3)]
    return Several(got=(slot(cast),), missed=(later[1],), tired=(later[2],))


def _whys(cast: Cast) -> dict[ShiftId, errors.DomainError]:
    done = _several(cast)
    return {done.missed[0].shift_id: errors.ShiftFull("s", 3), done.tired[0].shift_id: NIGHT}


def _guests(cast: Cast, *, some: bool = True, most: int = 2, day: bool = False) -> GuestPage:
    people = (_somebody(cast), replace(_somebody(cast), person_id=MEMBER)) if some else ()
    return GuestPage(
        slot=mine(cast),
        guests=people,
        there=(True, False) if some and day else (False,) * len(people),
        most=most,
        room=not some and most > 0,
        open=not day,
        check_in=day,
    )


def _with_a_guest(cast: Cast) -> CardRow:
    names = (cast.people[0], cast.people[-1])
    return CardRow(slot=slot(cast, on=2), names=names, hosts=("", cast.people[0]), started=False, over=False)


def _released(t: Translator, cast: Cast, people: int) -> Told:
    reader = Person(id=MEMBER, name=cast.people[0], account=1)
    facts: dict[str, Fact] = {"people": people}
    return Told(
        kind="guests_released",
        reader=reader,
        language=t.language,
        slot=slot(cast),
        by=cast.people[-1],
        waiting=False,
        repeat=False,
        facts=facts,
    )


def _card(cast: Cast) -> DayCard:
    return DayCard(place=cast.place, day=TODAY, zone=ZONE, language="en", rows=(_with_a_guest(cast),))


def _not_open(cast: Cast) -> DayCard:
    shut = replace(_with_a_guest(cast), opens=datetime(2026, 11, 29, 23, tzinfo=UTC))
    return replace(_card(cast), rows=(shut, replace(shut, opens=None)))


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
    "open shifts": lambda t, c: openings.open_shifts(t, OpenPage(page=_takeable(c))),
    "open shifts at one checkpoint, none": lambda t, c: openings.open_shifts(t, OpenPage(page=_open(c, place=c.place))),
    "open shifts, none for me": lambda t, c: openings.open_shifts(t, OpenPage(page=_open(c), hidden=1)),
    "open shifts, and some not mine to take": lambda t, c: openings.open_shifts(
        t, OpenPage(page=_takeable(c), hidden=12)
    ),
    "all shifts, and why not": lambda t, c: openings.open_shifts(t, _with_reasons(c)),
    "several shifts, none marked": lambda t, c: several.form(
        t, SeveralForm(slots=(slot(c), slot(c, day=1)), chosen=(), page=1, pages=3, choose=2)
    ),
    "several shifts, two marked": lambda t, c: several.form(
        t, SeveralForm(slots=(slot(c),), chosen=(slot(c), slot(c, day=1)), page=0, pages=1)
    ),
    "several shifts, nothing to take": lambda t, _: several.form(t, SeveralForm(slots=(), chosen=(), page=0, pages=1)),
    "several shifts, what came of it": lambda t, c: several.taken(t, _several(c), _whys(c)),
    "several shifts, none to be had": lambda t, c: several.taken(t, replace(_several(c), got=(), tired=()), _whys(c)),
    "several shifts, given back": lambda t, c: several.undone(t, Several(undone=(slot(c), slot(c, day=1)))),
    "guests, none yet": lambda t, c: guests.page(t, _guests(c, some=False)),
    "guests, not here": lambda t, c: guests.page(t, _guests(c, some=False, most=0)),
    "guests, two": lambda t, c: guests.page(t, _guests(c)),
    "guests, on the day": lambda t, c: guests.page(t, _guests(c, day=True)),
    "told, a guest has no place any more": lambda t, c: notices.notice(t, _released(t, c, 1)),
    "told, guests have no place any more": lambda t, c: notices.notice(t, _released(t, c, 2)),
    "the name of a guest": lambda t, c: writing.asked(t, Asked(dialog="guest", about=c.place)),
    "there, with a guest": lambda t, c: attendance.here(t, Duty(what="checked_in", slot=mine(c), brings=1)),
    "told, an offer moved": lambda t, c: notices.notice(
        t, replace(_released(t, c, 0), kind="offer_moved", slot=offered(c))
    ),
    "card, not open yet": lambda t, c: cards.card(t, _not_open(c)),
    "card with a guest": lambda t, c: cards.card(t, _card(c)),
    "who is on, with a guest": lambda t, c: rosters.roster(
        t, replace(_spared(c), on=(replace(_somebody(c), account=False, host=c.people[-1]),), reasons={})
    ),
    "who is under 18": lambda t, c: youths.page(
        t,
        Youth(
            community_id=COMMUNITY,
            community=c.community,
            people=((_somebody(c), date(2030, 5, 1)), (replace(_somebody(c), person_id=MEMBER), None)),
            page=0,
            pages=2,
        ),
    ),
    "the day somebody comes of age": lambda t, c: writing.asked(t, Asked(dialog="of_age", about=c.people[0])),
    "one rule, for people under 18": lambda t, c: rules.one(t, _one(c, "minors", "06:00-22:00")),
    "a shift by itself": lambda t, c: Message(
        shifts.line(t, slot(c)), ((shifts.take(t, slot(c)),), (Button(label(shifts.short(t, slot(c))), Home()),))
    ),
    "rules, as a coordinator reads them": lambda t, c: rules.book(t, _book(c, leads=True)),
    "rules, as everybody reads them": lambda t, c: rules.book(t, _book(c, leads=False)),
    "rules, of which community": lambda t, c: rules.book(t, _which(c, None)),
    "rules, set in which community": lambda t, c: rules.book(t, _which(c, ("rest", "600"))),
    "rules, shown in which community": lambda t, c: rules.book(t, _which(c, ("rest", ""))),
    "one rule": lambda t, c: rules.one(t, _one(c, "opens", "10080")),
    "one rule, just changed": lambda t, c: rules.one(t, _one(c, "night", "20:00-06:00", before="22:00-06:00")),
    "one rule, as everybody reads it": lambda t, c: rules.one(t, _one(c, "cover", "1", leads=False)),
    "a rule agreed on": lambda t, c: Message(rules.agreed_toast(t, _one(c, "rest", "600", before="480"))),
    "all that rules can be": lambda t, _: _all_said(t),
    "all that rules mean": lambda t, _: _all_meant(t),
    "who is on, in spite of the rules": lambda t, c: rosters.roster(t, _spared(c)),
}
