"""Every message the bot can say, by name: what the tests of words look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.events import Fact
from bot.domain.ids import SearchId
from bot.domain.notices import Part
from bot.domain.outcomes import (
    CandidatePage,
    CardRow,
    Changed,
    DayCard,
    PlaceList,
    RosterPage,
    Slot,
    SlotPage,
    Somebody,
    Spoken,
    Told,
)
from bot.domain.people import Person
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import cards, cover, home, notices, offers, rosters, shifts
from tests.views.asking_for_people import ASKING, FULLEST_ASKING
from tests.views.by_the_rules import BY_THE_RULES
from tests.views.cast import (
    CHECKPOINT,
    COMMUNITY,
    GUEST,
    MEMBER,
    TODAY,
    ZONE,
    Cast,
    Scene,
    choices,
    mine,
    offered,
    slot,
    waiting,
)
from tests.views.changing import CHANGING
from tests.views.coming_again import COMING_AGAIN
from tests.views.committed import COMMITTED
from tests.views.handing_over import FULLEST_HANDOVERS, HANDING_OVER
from tests.views.leading import LEADING, lead_toasts
from tests.views.on_the_day import FULLEST_DAY, ON_THE_DAY, duty_toasts
from tests.views.reminding import NOTICE, REMINDING
from tests.views.reporting import REPORTING, report_toasts
from tests.views.scanning import SCANNING, scan_toasts
from tests.views.setting_up import SETTING_UP
from tests.views.skilled import SKILLED
from tests.views.standing_by import STANDING_BY
from tests.views.swapping import SWAPPING, swap_toasts
from tests.views.with_roles import WITH_ROLES


def _takeable(cast: Cast) -> tuple[Slot, ...]:
    return (slot(cast), waiting(cast), slot(cast, hour=20, day=1, on=2), replace(slot(cast, day=2, on=3), waiting=1))


def _week(cast: Cast) -> tuple[Slot, ...]:
    return (slot(cast), mine(cast), *_takeable(cast)[2:], replace(slot(cast, day=3), cancelled=True))


def _row(cast: Cast, people: int, *, hour: int = 8, started: bool = False, over: bool = False) -> CardRow:
    shown = replace(slot(cast, hour=hour, on=people), capacity=max(3, people), waiting=2 if people > 2 else 0)
    shown = replace(shown, here=1 if started and people else 0)
    there = tuple(not n for n in range(people)) if started else ()
    return CardRow(slot=shown, names=cast.crowd(people), there=there, started=started, over=over)


def _card(t: Translator, cast: Cast, *rows: CardRow, over: bool = False) -> Message:
    return cards.card(t, DayCard(place=cast.place, day=TODAY, zone=ZONE, language=t.language, rows=rows, over=over))


def _away(t: Translator, cast: Cast, since: tuple[int, int], until: tuple[int, int]) -> Message:
    """A card after an absence, from (day, hour) to (day, hour) in December."""
    begin, end = (datetime(2026, 12, day, hour, 2, tzinfo=UTC) for day, hour in (since, until))
    shown = DayCard(
        place=cast.place, day=TODAY, zone=ZONE, language=t.language, rows=(_row(cast, 1),), away=(begin, end)
    )
    return cards.card(t, shown)


def _cancelled(cast: Cast) -> CardRow:
    row = _row(cast, 0, hour=20)
    return replace(row, slot=replace(row.slot, cancelled=True))


def _offered_row(cast: Cast) -> CardRow:
    row = _row(cast, 2)
    return replace(row, slot=replace(row.slot, offered=1, waiting=1))


CARDS: dict[str, Scene] = {
    "card of a day": lambda t, c: _card(
        t, c, _row(c, 2, hour=4, started=True, over=True), _row(c, 1, started=True), _row(c, 0, hour=12),
        _row(c, 3, hour=16), _cancelled(c),
    ),
    "card with somebody who cannot come": lambda t, c: _card(t, c, replace(_row(c, 3), wanted=(SearchId("c0mmun-s3archs3arch"),))),
    "card with a place offered in line": lambda t, c: _card(t, c, _offered_row(c)),
    "card with nothing on it": _card,
    "card after an hour away": lambda t, c: _away(t, c, (1, 6), (1, 7)),
    "card after a night away": lambda t, c: _away(t, c, (1, 13), (2, 1)),
    "card with forty names": lambda t, c: _card(t, c, _row(c, 40), _row(c, 2, hour=12)),
    "card of a day that is over": lambda t, c: _card(t, c, _row(c, 2, started=True, over=True), over=True),
}  # fmt: skip


def _told(
    t: Translator, cast: Cast, kind: str, *, by: bool = True, waiting_: bool = False, repeat: bool = False
) -> Told:
    return Told(
        kind=kind,
        reader=Person(id=MEMBER, name=cast.people[0], account=1),
        language=t.language,
        slot=slot(cast),
        by=cast.people[-1] if by else "",
        waiting=waiting_,
        repeat=repeat,
        notice_id=NOTICE,
    )


def _about(t: Translator, cast: Cast, kind: str, *, about: bool = False) -> Told:
    facts: dict[str, Fact] = {"search_id": "c0mmun-s3archs3arch"}
    told = _told(t, cast, kind)
    return replace(told, about=cast.people[0] if about else "", cover=cast.people[-1], facts=facts)


NOTICES: dict[str, Scene] = {
    "told, put on": lambda t, c: notices.notice(t, _told(t, c, "assigned")),
    "told, put on by somebody who is gone": lambda t, c: notices.notice(t, _told(t, c, "assigned", by=False)),
    "told, taken off, for the second time": lambda t, c: notices.notice(t, _told(t, c, "removed", repeat=True)),
    "told, taken off, and why": lambda t, c: notices.notice(
        t, replace(_told(t, c, "removed"), facts={"reason": "@many"})
    ),
    "told, a place is offered": lambda t, c: notices.notice(t, replace(_told(t, c, "offered", by=False), slot=offered(c))),
    "told, asked to cover": lambda t, c: notices.notice(t, _about(t, c, "cover_asked", about=True)),
    "told, somebody takes over": lambda t, c: notices.notice(t, _about(t, c, "cover_taken")),
    "told, taking over was approved": lambda t, c: notices.notice(t, _about(t, c, "cover_taken", about=True)),
    "told, cover was not approved": lambda t, c: notices.notice(t, _about(t, c, "cover_refused")),
    "told, I shall not take over": lambda t, c: notices.notice(t, _about(t, c, "cover_refused", about=True)),
    "told, cover was undone": lambda t, c: notices.notice(t, _about(t, c, "cover_undone")),
    "told, nobody took over": lambda t, c: notices.notice(t, _about(t, c, "cover_failed")),
    "leads told, cover is sought": lambda t, c: notices.notice(t, _about(t, c, "leads_cover_sought", about=True)),
    "leads told, cover is to be approved": lambda t, c: notices.notice(
        t, _about(t, c, "leads_cover_agreed", about=True)
    ),
    "leads told, nobody took over": lambda t, c: notices.notice(t, _about(t, c, "leads_cover_failed", about=True)),
    "told, an offer is over": lambda t, c: notices.notice(t, _told(t, c, "offer_expired", by=False)),
    "told, an offer is withdrawn": lambda t, c: notices.notice(t, _told(t, c, "offer_withdrawn")),
    "told, changed": lambda t, c: notices.notice(t, _told(t, c, "changed")),
    "told, not claimed for a commitment": lambda t, c: notices.notice(t, _told(t, c, "not_claimed")),
    "told, cancelled": lambda t, c: notices.notice(t, _told(t, c, "cancelled")),
    "told, somebody cannot be reached": lambda t, c: notices.notice(t, _told(t, c, "unreachable")),
    "told, somebody may not have heard": lambda t, c: notices.notice(t, _told(t, c, "unsure")),
    "told, of several places at once": lambda t, c: notices.together(t, [
        _told(t, c, "assigned"), _told(t, c, "assigned"), _told(t, c, "assigned", by=False),
    ]),
    "told, two people cannot be reached": lambda t, c: notices.together(t, [
        _told(t, c, "unreachable"), _told(t, c, "unsure"),
    ]),
    "told, the middle of a long text": lambda t, c: notices.notice(
        t, _told(t, c, "assigned", repeat=True), Part(2, 3, "… and so on …")
    ),
    "told, reminder": lambda t, c: notices.notice(t, replace(_told(t, c, "shift_reminder", by=False), slot=mine(c))),
    "told, cancelled while waiting": lambda t, c: notices.notice(t, _told(t, c, "cancelled", waiting_=True)),
}  # fmt: skip


def _people(cast: Cast, count: int) -> tuple[Somebody, ...]:
    return tuple(
        Somebody(
            person_id=GUEST if n % 2 else MEMBER,
            name=name,
            account=not n % 2,
            phone="+86 138 0013 8000" if n % 2 else "",
        )
        for n, name in enumerate(cast.crowd(count))
    )


def _roster(cast: Cast, on: int, waiting_: int, *, open_: bool = True) -> RosterPage:
    shown = replace(slot(cast, on=on), capacity=max(3, on), waiting=waiting_)
    return RosterPage(slot=shown, on=_people(cast, on), waiting=_people(cast, waiting_), open=open_)


def _candidates(cast: Cast, people: int, *, page: int = 0, pages: int = 1) -> CandidatePage:
    return CandidatePage(slot=slot(cast), people=_people(cast, people), page=page, pages=pages)


ROSTERS: dict[str, Scene] = {
    "roster with room": lambda t, c: rosters.roster(t, _roster(c, 2, 0)),
    "roster, full, with people waiting": lambda t, c: rosters.roster(t, _roster(c, 3, 2)),
    "roster of a shift that is over": lambda t, c: rosters.roster(t, _roster(c, 1, 0, open_=False)),
    "candidates": lambda t, c: rosters.candidates(t, _candidates(c, 8, page=1, pages=4)),
    "candidates, none": lambda t, c: rosters.candidates(t, _candidates(c, 0)),
    "sure to cancel": lambda t, c: rosters.sure_to_cancel(t, Changed(what="sure?", slot=slot(c), people=1)),
    "sure to cancel a shift nobody is on": lambda t, c: rosters.sure_to_cancel(t, Changed(what="sure?", slot=slot(c))),
    "sure to remove": lambda t, c: rosters.sure_to_remove(t, slot(c), _people(c, 2)[1]),
    "person added": lambda t, c: rosters.added(t, _people(c, 2)[1]),
}


def _page(cast: Cast, *, place: str = "", leads: bool = False) -> SlotPage:
    return SlotPage(
        slots=_week(cast),
        page=1,
        pages=3,
        community_id=COMMUNITY,
        checkpoint_id=CHECKPOINT if place else "",
        place=place,
        leads=leads,
    )


def _no_page(cast: Cast) -> SlotPage:
    return replace(_page(cast, place=cast.place), slots=(), page=0, pages=1)


def _covered(cast: Cast, what: str) -> Changed:
    return Changed(what=what, slot=slot(cast), people=3, search_id="c0mmun-s3archs3arch")


SHIFTS: dict[str, Scene] = {
    "choose a checkpoint": lambda t, c: shifts.checkpoint_filter(t, PlaceList(places=choices(c, 2))),
    "shifts of a checkpoint": lambda t, c: shifts.of_checkpoint(t, _page(c, place=c.place)),
    "shifts of a checkpoint, for coordinators": lambda t, c: shifts.of_checkpoint(
        t, _page(c, place=c.place, leads=True)
    ),
    "shifts of a checkpoint, none": lambda t, c: shifts.of_checkpoint(t, replace(_no_page(c), leads=True)),
    "my shifts": lambda t, c: shifts.mine(t, replace(_page(c), slots=(mine(c), offered(c), waiting(c)))),
    "my shifts, none": lambda t, c: shifts.mine(t, _no_page(c)),
    "my shift": lambda t, c: shifts.one(t, mine(c)),
    "my shift, while I look for cover": lambda t, c: shifts.one(t, replace(mine(c), asked=3)),
    "sure to seek cover": lambda t, c: cover.sure_to_seek(t, mine(c)),
    "taken over from somebody": lambda t, c: cover.taken(t, _covered(c, "covered")),
    "taken over, if a coordinator approves": lambda t, c: cover.taken(t, _covered(c, "agreed")),
    "taken over, undone": lambda t, c: cover.given_back(t, slot(c)),
    "cover approved": lambda t, c: cover.answered(t, _covered(c, "cover_approved")),
    "cover not approved": lambda t, c: cover.answered(t, _covered(c, "cover_refused")),
    "my offer": lambda t, c: shifts.one(t, offered(c)),
    "an offer passed on": lambda t, c: offers.passed(t, replace(slot(c), on=3, waiting=1)),
    "my place on the waitlist": lambda t, c: shifts.one(t, waiting(c)),
    "sure to release": lambda t, c: shifts.sure_to_release(t, mine(c)),
    "released": lambda t, c: shifts.released(t, slot(c)),
}

FULLEST: dict[str, Scene] = {
    "card of the fullest day": lambda t, c: _card(t, c, *(_row(c, 14, hour=n % 24) for n in range(60))),
    "roster of the fullest shift": lambda t, c: rosters.roster(t, _roster(c, 200, 99)),
    **FULLEST_DAY,
    **FULLEST_HANDOVERS | FULLEST_ASKING,
}

SCENES = (
    CARDS | NOTICES | ROSTERS | SHIFTS | SETTING_UP | ON_THE_DAY | COMING_AGAIN | CHANGING
    | HANDING_OVER | BY_THE_RULES | SWAPPING | STANDING_BY | SCANNING | WITH_ROLES | SKILLED | COMMITTED | LEADING
    | REMINDING | ASKING | REPORTING
)  # fmt: skip

CHANGES = (
    "seeking",
    "not_seeking",
    "covered",
    "agreed",
    "uncovered",
    "cover_approved",
    "cover_refused",
    "claimed",
    "released",
    "passed",
    "waiting",
    "waiting_unreached",
    "not_waiting",
    "assigned",
    "removed",
    "cancelled",
    "which_role",
    "role_changed",
)


def toasts(t: Translator, cast: Cast) -> list[str]:
    """Return every short answer to a press."""
    said = [shifts.toast(t, Changed(what=what, slot=waiting(cast))) for what in CHANGES]
    return [
        *said,
        home.spoken(t, Spoken(language=t.language)),
        *duty_toasts(t, cast),
        *swap_toasts(t, cast),
        *scan_toasts(t, cast),
        *lead_toasts(t, cast),
        *report_toasts(t, cast),
    ]
