"""Messages about standing commitments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain.commitment_events import COMMITMENT_TOUCHED
from bot.domain.commitment_outcomes import (
    CommitChoice,
    CommitmentChanged,
    CommitmentPage,
    CommitmentShown,
    CommitmentTold,
)
from bot.domain.ids import CommitmentId
from bot.domain.people import Person
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import commitments, notices
from tests.views.cast import MEMBER, SHIFT, ZONE, Cast, Scene


def _shown(cast: Cast, *, ended: bool = False) -> CommitmentShown:
    return CommitmentShown(
        commitment_id=CommitmentId("c0mmun-c0mm1tc0mm1t"),
        place=cast.place,
        weekdays=(1,),
        start=time(8),
        end=time(12),
        role=cast.community,
        pauses=((date(2026, 12, 24), date(2027, 1, 2)),),
        claimed=3,
        ended=ended,
    )


def _changed(cast: Cast, what: str) -> CommitmentChanged:
    soon = (datetime(2026, 12, 1, 2, tzinfo=UTC), datetime(2026, 12, 1, 6, tzinfo=UTC))
    kept = () if what == "made" else (soon,)
    return CommitmentChanged(what=what, shown=_shown(cast, ended=what == "ended"), freed=2, kept=kept, zone=ZONE)


def _page(cast: Cast) -> CommitmentPage:
    every_day = replace(_shown(cast), weekdays=(0, 1, 2, 3, 4, 5, 6), role="", pauses=())
    return CommitmentPage(commitments=(_shown(cast), every_day), page=0, pages=2)


def _told(t: Translator, cast: Cast, after: str) -> Message:
    return notices.notice(
        t,
        CommitmentTold(
            kind=COMMITMENT_TOUCHED,
            reader=Person(id=MEMBER, name=cast.people[0], account=1),
            language=t.language,
            commitment_id=CommitmentId("c0mmun-c0mm1tc0mm1t"),
            place=cast.place,
            weekdays=(1,),
            before="08:00-12:00",
            after=after,
            day=date(2026, 12, 8),
        ),
    )


COMMITTED: dict[str, Scene] = {
    "always mine, on which days": lambda t, c: commitments.choose(
        t, CommitChoice(shift_id=SHIFT, place=c.place, weekday=1, start=time(22), end=time(6))
    ),
    "commitments": lambda t, c: commitments.page(t, _page(c)),
    "commitments, none": lambda t, _: commitments.page(t, CommitmentPage(commitments=(), page=0, pages=1)),
    "a commitment": lambda t, c: commitments.one(t, _shown(c)),
    "a commitment made": lambda t, c: commitments.changed(t, _changed(c, "made")),
    "a commitment paused": lambda t, c: commitments.changed(t, _changed(c, "paused")),
    "a commitment ended": lambda t, c: commitments.changed(t, _changed(c, "ended")),
    "pause a commitment": lambda t, c: commitments.ask_pause(t, c.place),
    "sure to end a commitment": lambda t, c: commitments.sure_to_end(t, _shown(c)),
    "told, hours moved": lambda t, c: _told(t, c, "09:00-13:00"),
    "told, hours dropped": lambda t, c: _told(t, c, ""),
}
