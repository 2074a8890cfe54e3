"""Standby: people who agreed to be called on a day, and are called in turn when somebody is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain import errors, life_events
from bot.domain.assignments import Assignment, Roster
from bot.domain.events import Event
from bot.domain.ids import CommunityId, PersonId, ShiftId
from bot.domain.life_errors import AlreadyStandby, StandbyOver
from bot.domain.lifecycle import step
from bot.domain.roles import UNNAMED
from bot.domain.shifts import Shift, ShiftState, on_person, place

ANSWER_WITHIN = timedelta(minutes=10)


class StandbyState(StrEnum):
    """The life of somebody's standby on one day."""

    READY = "ready"
    CALLED = "called"
    COMING = "coming"
    WITHDRAWN = "withdrawn"


MOVES: dict[StandbyState | None, frozenset[StandbyState]] = {
    None: frozenset({StandbyState.READY}),
    StandbyState.READY: frozenset({StandbyState.CALLED, StandbyState.WITHDRAWN}),
    StandbyState.CALLED: frozenset({StandbyState.READY, StandbyState.COMING, StandbyState.WITHDRAWN}),
    StandbyState.COMING: frozenset({StandbyState.READY}),  # the shift they came for is over, or was called off
    StandbyState.WITHDRAWN: frozenset({StandbyState.READY}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standby:
    """One person on one local day. `id` is '<community>:<person>:<day>'.

    Lower `turn` is called first; whoever was called goes to the end. `shift_id` is what they are called to, to be
    answered before `answer_by`; `passed` are the shifts they did not come to.
    """

    id: str
    community_id: CommunityId
    person_id: PersonId
    day: date
    state: StandbyState = StandbyState.READY
    turn: int
    shift_id: ShiftId | None = None
    answer_by: datetime | None = None
    passed: tuple[ShiftId, ...] = ()
    version: int = 0


def standby_id(community_id: CommunityId, person_id: PersonId, day: date) -> str:
    """Return the key of one person's standby on one day."""
    return f"{community_id}:{person_id}:{day.isoformat()}"


def agree(
    community_id: CommunityId, person_id: PersonId, day: date, *, earlier: Standby | None, turn: int
) -> tuple[Standby, list[Event]]:
    """Note that the person may be called on that local day. Raises AlreadyStandby."""
    if earlier is not None and earlier.state is not StandbyState.WITHDRAWN:
        raise AlreadyStandby(day)
    told = life_events.StandbyAgreed(
        community_id=community_id, actor=person_id, person_id=person_id, day=day.isoformat()
    )
    if earlier is not None:
        return replace(_moved(earlier, StandbyState.READY), turn=turn), [told]
    ready = Standby(
        id=standby_id(community_id, person_id, day),
        community_id=community_id,
        person_id=person_id,
        day=day,
        turn=turn,
    )
    return ready, [told]


def withdraw(standby: Standby) -> tuple[Standby, list[Event]]:
    """The person cannot be called after all. Raises StandbyOver once they are coming or have withdrawn."""
    if standby.state not in (StandbyState.READY, StandbyState.CALLED):
        raise StandbyOver
    told = life_events.StandbyWithdrawn(
        community_id=standby.community_id,
        actor=standby.person_id,
        person_id=standby.person_id,
        day=standby.day.isoformat(),
    )
    return replace(_moved(standby, StandbyState.WITHDRAWN), shift_id=None, answer_by=None), [told]


def call_next(
    ready: Iterable[Standby], shift: Shift, busy: frozenset[PersonId], *, turn: int, now: datetime
) -> tuple[Standby | None, list[Event]]:
    """Call whoever is next in turn for that shift, if there is anybody; `busy` are on duty or held elsewhere then."""
    if shift.state is ShiftState.CANCELLED or now >= shift.end:
        return None, []
    fit = [s for s in ready if s.state is StandbyState.READY and s.person_id not in busy and shift.id not in s.passed]
    if not fit:
        return None, []
    first = min(fit, key=lambda s: s.turn)
    called = replace(
        _moved(first, StandbyState.CALLED),
        shift_id=shift.id,
        answer_by=min(now + ANSWER_WITHIN, shift.end),
        turn=turn,
    )
    return called, [on_person(life_events.StandbyCalled, shift, called.person_id, actor=None)]


def come(
    standby: Standby,
    shift: Shift,
    roster: Roster,
    held: Sequence[Assignment],
    *,
    role: str = UNNAMED,
    turn: int,
    now: datetime,
) -> tuple[Standby, Assignment, list[Event]]:
    """The called person comes, also to a shift that is under way: they hold a place.

    Raises StandbyOver, ShiftCancelled, and what `bot.domain.shifts.place` raises (ShiftFull if nobody is missing now).
    """
    if standby.state is not StandbyState.CALLED or standby.shift_id != shift.id or now >= shift.end:
        raise StandbyOver
    if shift.state is ShiftState.CANCELLED:
        raise errors.ShiftCancelled(shift.start, shift.end)
    mine = place(shift, roster, standby.person_id, held, role=role, turn=turn, now=now)
    coming = replace(_moved(standby, StandbyState.COMING), answer_by=None)
    told = on_person(life_events.StandbyCame, shift, standby.person_id, actor=standby.person_id)
    return coming, replace(mine, confirmed_at=now), [told]


def pass_call(standby: Standby, shift: Shift, *, silent: bool) -> tuple[Standby, list[Event]]:
    """The called person cannot come, or (`silent`) did not answer in time; they stay ready for others.

    Raises StandbyOver unless they are called to that shift.
    """
    if standby.state is not StandbyState.CALLED or standby.shift_id != shift.id:
        raise StandbyOver
    free = replace(
        _moved(standby, StandbyState.READY), shift_id=None, answer_by=None, passed=(*standby.passed, shift.id)
    )
    actor = None if silent else standby.person_id
    return free, [on_person(life_events.StandbyPassed, shift, standby.person_id, actor=actor, silent=silent)]


def finish(standby: Standby) -> Standby:
    """Return the standby ready for another call, once the shift they came for is over or called off."""
    return replace(_moved(standby, StandbyState.READY), shift_id=None)


def _moved(standby: Standby, state: StandbyState) -> Standby:
    return replace(standby, state=step(MOVES, standby.state, state))
