"""A crowd is reminded at the same hour."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.assignments import Assignment, Hold, assignment_id
from bot.domain.ids import PersonId
from bot.domain.notices import NoticeState
from bot.domain.timers import place_timers
from bot.domain.wishes import Terms
from bot.services.timetable import plan
from tests.services.conftest import NOW

EVENING = datetime(2026, 12, 2, 19, tzinfo=UTC)


async def test_two_thousand_reminders_due_at_once_are_all_owed_once(town, chen):
    async with town.store.transaction() as tx:
        person = await tx.people.one(chen.person_id)
        for n in range(2000):
            await tx.people.save(replace(person, id=PersonId(f"q{n}"), account=10_000 + n, version=0))
    shifts = [await town.shift(chen, hours=48 + n / 10, places=200) for n in range(10)]
    async with town.store.transaction() as tx:
        for n in range(2000):
            one = await tx.shifts.one(shifts[n % 10])
            await put(tx, one, PersonId(f"q{n}"))

    town.clock.instant = EVENING
    await town.use.rounds.go()

    async with town.store.reading() as tx:
        owed = await tx.notices.in_state(NoticeState.PENDING, 5000)
    assert len({n.person_id for n in owed}) == len(owed) == 2000


async def put(tx, shift, person_id):
    """Put somebody on a shift by hand, with the timers that follow."""
    await tx.assignments.save(
        Assignment(
            id=assignment_id(shift.id, person_id),
            community_id=shift.community_id,
            shift_id=shift.id,
            person_id=person_id,
            hold=Hold.ON,
            start=shift.start,
            end=shift.end,
            since=NOW,
            turn=tx.turn(),
        )
    )
    await plan(tx, place_timers(shift, person_id, Terms(zone=ZoneInfo("Europe/London"))), NOW)
