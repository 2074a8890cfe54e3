"""The steps that keep a post from standing empty, each looked at again when its timer rings; none acts when moot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import ladder
from bot.domain.assignments import Assignment, Roster
from bot.domain.attendance import Attendance, Presence, close
from bot.domain.communities import Community
from bot.domain.duty_events import PostEmpty
from bot.domain.events import Fact
from bot.domain.ids import PersonId, ShiftId
from bot.domain.notices import Lane, Owed
from bot.domain.policies import CHECK_IN_OPENS, NUDGE_OUT
from bot.domain.rungs import Step
from bot.domain.shifts import LONGEST_SHIFT, Shift
from bot.domain.timers import Timer, TimerState, ended
from bot.services.attendance import attendance_of, keep
from bot.services.desk import Work, leaders_of
from bot.services.notices import LEADS_MISSING
from bot.services.standby_calls import call_missing, finish_standby

NO_SHOWS_WITHIN = timedelta(days=60)
STAY_PLEASE, ARE_YOU_COMING = "please_stay", "you_are_missing"


@dataclass(frozen=True, slots=True)
class _Scene:
    """A shift as it stands when a timer rings."""

    shift: Shift
    community: Community
    roster: Roster
    attendances: dict[str, Attendance]

    def concerned(self, step: Step) -> list[Assignment]:
        """Return whose places a step is about."""
        return ladder.concerned(step, self.shift, self.roster, self.attendances)


async def open_check_in(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Offer everybody who is expected the button to check in."""
    return [await _tell(work, timer, Step.MISSING, CHECK_IN_OPENS) for timer in timers]


async def nudge_out(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Remind those who are there that their shift ends, and to check out."""
    return [await _tell(work, timer, Step.NUDGE_OUT, NUDGE_OUT) for timer in timers]


async def look_who_is_missing(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Tell those who lead who is missing or that the post is empty, ask the missing, and the outgoing to stay."""
    return [await _look(work, timer) for timer in timers]


async def close_shift(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Settle what nobody said about who was there."""
    return [await _close(work, timer) for timer in timers]


async def _scene(work: Work, timer: Timer) -> _Scene | None:
    shift = await work.tx.shifts.get(ShiftId(timer.subject))
    if shift is None:
        return None
    roster = await work.tx.assignments.roster(shift.id)
    attendances = {a.id: a for a in await work.tx.attendances.of_shift(shift.id)}
    return _Scene(shift, await work.tx.communities.one(shift.community_id), roster, attendances)


async def _tell(work: Work, timer: Timer, step: Step, kind: str) -> Timer:
    scene = await _scene(work, timer)
    places = scene.concerned(step) if scene else []
    for place in places:
        await _owe(work, timer, place.person_id, kind, Lane.REMINDER)
    if scene is not None:
        work.touch(scene.shift, scene.community.tz)
    return _ended(timer, work.now, acted=bool(places))


async def _look(work: Work, timer: Timer) -> Timer:
    scene = await _scene(work, timer)
    if scene is None:
        return _ended(timer, work.now, acted=False)
    shift = scene.shift
    before = await work.tx.attendances.of_checkpoint(shift.checkpoint_id, shift.start - LONGEST_SHIFT, shift.start)
    told = ladder.alarm(shift, scene.roster, scene.attendances, before)
    work.happened(*told)
    for place in scene.concerned(Step.MISSING):
        await _owe(work, timer, place.person_id, ARE_YOU_COMING, Lane.URGENT)
    if told and not any(isinstance(event, PostEmpty) for event in told):  # else those who lead are told of that
        await _tell_leaders(work, timer)
    if told and not ladder.on_duty(scene.attendances.values()):
        await _ask_to_stay(work, timer, [a for a in ladder.on_duty(before) if not a.stays])
    called = await call_missing(work, shift)
    return _ended(timer, work.now, acted=bool(told) or called > 0)


async def _tell_leaders(work: Work, timer: Timer) -> None:
    for leader in await leaders_of(work.tx, timer.community_id):
        await _owe(work, timer, leader, LEADS_MISSING, Lane.URGENT)


async def _ask_to_stay(work: Work, timer: Timer, outgoing: Sequence[Attendance]) -> None:
    for a in outgoing:
        facts: dict[str, Fact] = {"shift_id": a.shift_id, "relief": timer.subject}
        await work.owe(a.community_id, Owed(a.person_id, Lane.URGENT, STAY_PLEASE, facts, timer.useful_until))


async def _close(work: Work, timer: Timer) -> Timer:
    scene = await _scene(work, timer)
    if scene is not None:
        await finish_standby(work, scene.shift)
    places = scene.concerned(Step.CLOSE) if scene else []
    if scene is None or not places:
        return _ended(timer, work.now, acted=False)
    searches = await work.tx.searches.of_shift(scene.shift.id)
    said = {s.person_id for s in searches if s.made_at < scene.shift.start}
    away = await _was_away(work, scene)
    for place in places:
        there = await attendance_of(work, scene.shift, place)
        served = close(there, place, scene.shift, excused=away or place.person_id in said, now=work.now)
        await keep(work, scene.shift, scene.community, served)
        if served.attendance.state is Presence.NO_SHOW:
            await _note_repeated(work, served.attendance)
    return _ended(timer, work.now, acted=True)


async def _note_repeated(work: Work, missed: Attendance) -> None:
    """Owe those who lead a private note about somebody who did not come more than once in 60 days."""
    begin = missed.start - NO_SHOWS_WITHIN
    recent = await work.tx.attendances.of_person(missed.person_id, begin, missed.start)
    before = [a for a in recent if a.state is Presence.NO_SHOW and a.community_id == missed.community_id]
    if not before:
        return
    facts: dict[str, Fact] = {"shift_id": missed.shift_id, "person_id": missed.person_id, "times": len(before) + 1}
    for leader in await leaders_of(work.tx, missed.community_id):
        if leader != missed.person_id:
            await work.owe(missed.community_id, Owed(leader, Lane.REPLY, "leads_no_shows", facts))


async def _was_away(work: Work, scene: _Scene) -> bool:
    """Say whether the bot was away all through the shift, so that nobody could check in, and nobody has."""
    if any(a.checked_in_at is not None for a in scene.attendances.values()):
        return False
    opening = await work.tx.timers.get(f"{scene.shift.id}/{CHECK_IN_OPENS}")
    return opening is not None and opening.state in (TimerState.PENDING, TimerState.MISSED)


async def _owe(work: Work, timer: Timer, person_id: PersonId, kind: str, lane: Lane) -> None:
    facts: dict[str, Fact] = {"shift_id": timer.subject}
    await work.owe(timer.community_id, Owed(person_id, lane, kind, facts, timer.useful_until))


def _ended(timer: Timer, now: datetime, *, acted: bool) -> Timer:
    return ended(timer, TimerState.DONE, now) if acted else ended(timer, TimerState.CANCELLED, now, "moot")
