"""The messages of a shift's day, and of a checkpoint's settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.duty_outcomes import (
    Asked,
    Departed,
    Described,
    Duty,
    HoursLine,
    HoursPage,
    PersonSheet,
    Post,
    Posted,
    Posts,
    Sheet,
    SheetLine,
)
from bot.domain.outcomes import SlotPage, Standing, Told
from bot.domain.people import Person, Role
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import attendance, checkpoints, corrections, departures, duties, hours, notices, shifts, writing
from bot.views.duty_notices import DUTY_NOTICES
from tests.views.cast import CHECKPOINT, COMMUNITY, MEMBER, ZONE, Cast, Scene, mine, slot

SINCE = datetime(2026, 12, 1, 0, 2, tzinfo=UTC)
WORDS = "1. <Key> under the mat.\n2. Ask for passes."


def _duty(cast: Cast, what: str = "checked_in") -> Duty:
    return Duty(
        what=what,
        slot=mine(cast),
        instructions=WORDS,
        contacts="☎ 555-0199",
        there=cast.people,
        stays=True,
    )


def _posted(cast: Cast, there: int, expected: int) -> tuple[Posted, ...]:
    names = cast.crowd(there + expected)
    come = [Posted(person_id=MEMBER, name=n, since=SINCE, stays=not i) for i, n in enumerate(names[:there])]
    return (*come, *(Posted(person_id=MEMBER, name=n, account=False, phone="5550199") for n in names[there:]))


def _posts(cast: Cast, there: int, expected: int, *, leads: bool = True) -> Posts:
    taken = Post(slot=slot(cast), people=_posted(cast, there, expected), leads=leads)
    return Posts(posts=(taken, replace(taken, people=())), page=1, pages=2)


def _told(t: Translator, cast: Cast, kind: str) -> Told:
    return Told(
        kind=kind,
        reader=Person(id=MEMBER, name=cast.people[0], account=1),
        language=t.language,
        slot=slot(cast),
        by="",
        waiting=False,
        repeat=False,
        about=cast.people[-1],
        people=cast.people,
        facts={"after": "completed", "reason": "<b>" * 60, "times": 3},
        notice_id="c0mmun-n000000000012",
    )


def _described(cast: Cast, words: str) -> Described:
    return Described(
        checkpoint_id=CHECKPOINT, community_id=COMMUNITY, place=cast.place, instructions=words, contacts=words
    )


def _month(cast: Cast) -> HoursPage:
    line = HoursLine(
        person=cast.people[0],
        place=cast.place,
        zone=ZONE,
        start=SINCE,
        end=SINCE + timedelta(hours=4),
        minutes=240,
        night=60,
        credited=270,
    )
    return HoursPage(
        month=date(2026, 12, 1),
        back=1,
        lines=(line, replace(line, minutes=45, night=0)),
        shifts=2,
        minutes=285,
        night=60,
        credited=315,
        communities=(COMMUNITY,),
        place=cast.community,
    )


def _sums(cast: Cast) -> tuple[HoursLine, ...]:
    return tuple(HoursLine(person=n, shifts=3, minutes=720, night=0, credited=720) for n in cast.crowd(6))


def _lines(cast: Cast, people: int) -> tuple[SheetLine, ...]:
    states = ("completed", "checked_in", "no_show", "excused", "expected")
    gone = SINCE + timedelta(hours=4)
    return tuple(
        SheetLine(
            person_id=MEMBER,
            name=n,
            state=states[i % 5],
            came=SINCE,
            went=None if i % 5 else gone,
            late=not i,
            early=not i,
            assumed=not i,
            corrected=not i,
        )
        for i, n in enumerate(cast.crowd(people))
    )


def _person_sheet(cast: Cast, *, reason: str = "her <telephone> was empty", times: int = 1) -> PersonSheet:
    history = ((SINCE, cast.people[-1], "completed", reason),) * times
    return PersonSheet(slot=slot(cast), line=_lines(cast, 1)[0], history=history)


def _notice(kind: str) -> Scene:
    def scene(t: Translator, cast: Cast) -> Message:
        return notices.notice(t, _told(t, cast, kind))

    return scene


def _departed(t: Translator, cast: Cast, shifts_: int) -> Message:
    told = _told(t, cast, "leads_departed")
    return notices.notice(t, replace(told, others=tuple(slot(cast, day=n) for n in range(1, shifts_))))


def _standing(cast: Cast) -> Standing:
    return Standing(community_id=COMMUNITY, community=cast.community, roles=(Role.COORDINATOR,))


ON_THE_DAY: dict[str, Scene] = {
    "monthly statement": lambda t, c: hours.statement(t, _month(c)),
    "everybody's hours, of which community": lambda t, c: hours.choose(t, (_standing(c),) * 2, 1),
    "leads told, somebody left the group, with many shifts": lambda t, c: _departed(t, c, 10),
    **{
        f"somebody left the group, {what}": lambda t, c, what=what: departures.decided(  # type: ignore[misc]
            t, Departed(what=what, name=c.people[0], places=3)
        )
        for what in ("freed", "kept", "back", "nothing")
    },
    "there": lambda t, c: attendance.here(t, _duty(c)),
    "there, alone, with nothing to read": lambda t, c: attendance.here(
        t, replace(_duty(c), instructions="", contacts="", there=(), stays=False)
    ),
    "sure to leave the post": lambda t, c: attendance.sure_to_leave(t, _duty(c)),
    "checked out": lambda t, c: attendance.left(t, _duty(c)),
    "checked out with a guest": lambda t, c: attendance.left(t, replace(_duty(c), brings=1)),
    "checked out with guests": lambda t, c: attendance.left(t, replace(_duty(c), brings=2)),
    "my shift, may say that I come": lambda t, c: shifts.one(t, replace(mine(c), duty="soon")),
    "my shift, said that I come": lambda t, c: shifts.one(t, replace(mine(c), duty="coming")),
    "my shift, may check in": lambda t, c: Message(t.language, shifts.duty_rows(t, replace(mine(c), duty="open"))),
    "who is there, for those who lead": lambda t, c: duties.posts(t, _posts(c, 1, 2)),
    "who is there, for volunteers": lambda t, c: duties.posts(t, _posts(c, 1, 1, leads=False)),
    "who is there, nobody": lambda t, _: duties.posts(t, Posts(posts=())),
    "who is at this post": lambda t, c: duties.post(t, _posts(c, 1, 2).posts[0]),
    "a checkpoint's settings": lambda t, c: checkpoints.described(t, _described(c, WORDS)),
    "a checkpoint's settings, none": lambda t, c: checkpoints.described(t, _described(c, "")),
    "question for instructions": lambda t, c: writing.asked(
        t, Asked(dialog="instructions", about=c.place, before=WORDS)
    ),
    "question for contacts": lambda t, c: writing.asked(t, Asked(dialog="contacts", about=c.place)),
    "my hours": lambda t, c: hours.mine(t, _month(c)),
    "my hours, none": lambda t, c: hours.mine(t, replace(_month(c), lines=(), back=0, communities=())),
    "everybody's hours": lambda t, c: hours.of_all(t, replace(_month(c), lines=_sums(c), page=1, pages=3)),
    "everybody's hours, none": lambda t, c: hours.of_all(t, replace(_month(c), lines=())),
    "caption of a month's file": lambda t, c: Message(hours.file_caption(t, _month(c))),
    "columns of a month's file": lambda t, _: Message(" | ".join(hours.columns(t))),
    "my shifts, with hours served": lambda t, _: shifts.mine(t, SlotPage(slots=(), page=0, pages=1, served=450)),
    "shifts that have begun": lambda t, c: corrections.past(
        t, SlotPage(slots=(slot(c), mine(c)), page=0, pages=2, checkpoint_id=CHECKPOINT, place=c.place)
    ),
    "shifts that have begun, none": lambda t, c: corrections.past(
        t, SlotPage(slots=(), page=0, pages=1, checkpoint_id=CHECKPOINT, place=c.place)
    ),
    "who was there": lambda t, c: corrections.sheet(t, Sheet(slot=slot(c), lines=_lines(c, 5))),
    "who was there, nobody": lambda t, c: corrections.sheet(t, Sheet(slot=slot(c), lines=())),
    "how one person served": lambda t, c: corrections.person(t, _person_sheet(c)),
    "question for a reason": lambda t, c: writing.asked(t, Asked(dialog="reason", about=c.people[0])),
    "question for a reason and hours": lambda t, c: writing.asked(t, Asked(dialog="reason_there", about=c.people[0])),
    **{f"told, {kind}": _notice(kind) for kind in (*DUTY_NOTICES, "wait_moved", "place_back")},
}

FULLEST_DAY: dict[str, Scene] = {
    "there, with the longest words and many people": lambda t, c: attendance.here(
        t, replace(_duty(c), instructions="字" * 1500, contacts="号" * 500, there=c.crowd(99))
    ),
    "who is there, everywhere, everybody": lambda t, c: duties.posts(
        t, Posts(posts=_posts(c, 100, 100).posts[:1] * 6, page=1, pages=3)
    ),
    "who is at the fullest post": lambda t, c: duties.post(t, _posts(c, 0, 200).posts[0]),
    "the longest settings": lambda t, c: checkpoints.described(
        t, replace(_described(c, "字" * 1500), contacts="<" * 500)
    ),
    "who was there, everybody": lambda t, c: corrections.sheet(t, Sheet(slot=slot(c), lines=_lines(c, 200))),
    "the longest history": lambda t, c: corrections.person(t, _person_sheet(c, reason="<" * 200, times=30)),
    "my fullest month": lambda t, c: hours.mine(t, replace(_month(c), lines=_month(c).lines * 50)),
    "question with the longest words": lambda t, c: writing.asked(
        t, Asked(dialog="instructions", about=c.place, before="<" * 1500)
    ),
}


def duty_toasts(t: Translator, cast: Cast) -> list[str]:
    """Return every short answer to a press on the day."""
    said = [attendance.toast(t, _duty(cast, what)) for what in ("confirmed", "checked_in", "stays", "checked_out")]
    said += [hours.switched(t, on=on) for on in (True, False)]
    return [*said, attendance.toast(t, replace(_duty(cast), name=cast.people[-1]))]
