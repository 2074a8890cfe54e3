"""Reminders of shifts: one message for a person and moment, true when it is owed and again when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.assignments import Assignment, Hold
from bot.domain.events import Fact
from bot.domain.ids import PersonId, ShiftId
from bot.domain.notices import Owed
from bot.domain.policies import ASK_COMING, SHIFT_REMINDER, lane_of
from bot.domain.quiet import quiet_until
from bot.domain.shifts import Shift, ShiftState
from bot.domain.terms import terms_of
from bot.domain.timers import Timer, TimerState, again, ended, is_due
from bot.domain.wishes import JUST_ASKED
from bot.services.desk import Work


async def remind(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Owe the timers' person one reminder of all shifts that are still theirs, which asks whether they are coming.

    In their quiet hours, into which it comes after an outage only, it waits for the morning; is that too late, it is
    recorded as missed.
    """
    morning = await _morning(work, timers[0])
    after: list[Timer] = []
    places: dict[str, Assignment] = {}
    for timer in timers:
        place = await _still_theirs(work, timer)
        if place is None:
            after.append(ended(timer, TimerState.CANCELLED, work.now, "moot"))
        elif morning is not None:
            after.append(_in_the_morning(timer, place, morning, work.now))
        else:
            places[place.shift_id] = place
            after.append(ended(timer, TimerState.DONE, work.now))
    if places:
        await _owe(work, timers[0], sorted(places.values(), key=lambda a: (a.start, a.id)))
    return after


async def ask_coming(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Ask those who have not said so once more whether they are coming; not who was asked a short while ago."""
    return await remind(work, timers)


async def _owe(work: Work, timer: Timer, places: Sequence[Assignment]) -> None:
    for place in places:
        if place.confirmed_at is None or place.unanswered:  # whoever has said that they come is reminded, not asked
            await work.tx.assignments.save(replace(place, asked_at=work.now))
    first, *others = [place.shift_id for place in places]
    facts: dict[str, Fact] = {"shift_id": first, "others": " ".join(others)}
    reader, lane = places[0].person_id, lane_of(timer.kind)
    await work.owe(timer.community_id, Owed(reader, lane, timer.kind, facts, useful_until=places[-1].start))


def _in_the_morning(timer: Timer, place: Assignment, morning: datetime, now: datetime) -> Timer:
    if morning < place.start:
        return again(timer, morning)
    return ended(timer, TimerState.MISSED, now, "quiet hours")


async def _morning(work: Work, timer: Timer) -> datetime | None:
    """Return when the quiet hours of the timer's person are over, None if they are awake."""
    community = await work.tx.communities.one(timer.community_id)
    terms = terms_of(community, await work.tx.people.get(timer.person_id or ""))
    return quiet_until(terms.zone, work.now, terms.night)


async def _still_theirs(work: Work, timer: Timer) -> Assignment | None:
    """Return the place a timer is about if its person has it and is to be told of it now."""
    person = await work.tx.people.get(timer.person_id or PersonId(""))
    place = await work.tx.assignments.get(timer.subject)
    shift = await work.tx.shifts.get(ShiftId(str(timer.facts.get("shift_id"))))
    if person is None or person.account is None or place is None or shift is None:
        return None
    if timer.kind == ASK_COMING and not await _asks(work, place):
        return None
    return place if place.hold is Hold.ON and _to_come(shift, work.now) else None


async def _asks(work: Work, place: Assignment) -> bool:
    """Say whether somebody is to be asked once more: not after a yes, nor about when a reminder asks them.

    After an outage both may be due: then the reminder asks, whichever of the two is looked at first.
    """
    if place.confirmed_at is not None or (place.asked_at is not None and work.now - place.asked_at <= JUST_ASKED):
        return False
    waiting = await work.tx.timers.of_subject(place.id)
    return not any(t.kind == SHIFT_REMINDER and is_due(t, work.now) for t in waiting)


def _to_come(shift: Shift, now: datetime) -> bool:
    return shift.state is ShiftState.OPEN and now < shift.start
