"""Time passes in the town: reminders, what is late, what is moot, and the work of the night."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.commands import CancelShift, ClaimShift, ReleaseShift
from bot.domain.gaps import next_look
from bot.domain.notices import Lane, NoticeState
from bot.domain.policies import POLICIES, SHIFT_REMINDER, UPKEEP
from bot.domain.records import Mark
from bot.domain.timers import TimerState, new_timer
from bot.ports.store import StoreFailed
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.notices import look_up
from bot.services.timers import ACTIONS, Timers
from bot.services.upkeep import AT_ONCE, MARKS_KEPT, TIMERS_KEPT
from tests.services.conftest import NOW, NumberedIds

EVENING = datetime(2026, 12, 2, 19, tzinfo=UTC)  # before the shift 48 hours after NOW, in London


def desk(town):
    return Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())


async def at(town, instant):
    """Let the bell ring at that instant."""
    town.clock.instant = instant
    await town.use.rounds.go()


async def rows(town, kind=SHIFT_REMINDER):
    engine = town.store.engine
    async with town.store.reading() as tx:
        found = [await tx.timers.one(key) for key in sorted(engine._records["timers"])]
    return [t for t in found if t.kind == kind]


async def told(town, notice):
    async with desk(town).reading() as work:
        return await look_up(work, notice)


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


async def claimed(town, chen, who, *, hours=48, **more):
    shift = await town.shift(chen, hours=hours, **more)
    await town.use.shifts.claim(who, ClaimShift(shift, sure=True), town.cause())
    return shift


async def test_a_claim_is_followed_by_one_reminder_on_the_evening_before(town, chen, li):
    shift = await claimed(town, chen, li)

    await at(town, EVENING - timedelta(seconds=1))
    assert await town.owed() == []
    for _ in range(3):
        await at(town, EVENING)

    [notice] = await town.owed()
    assert (notice.person_id, notice.kind, notice.lane) == (li.person_id, SHIFT_REMINDER, Lane.REMINDER)
    assert notice.useful_until == NOW + timedelta(hours=48)
    assert (await told(town, notice)).slot.shift_id == shift
    assert [t.state for t in await rows(town)] == [TimerState.DONE]


async def test_the_bell_is_put_at_the_reminder(town, chen, li):
    await at(town, datetime(2026, 12, 2, 10, 30, tzinfo=UTC))
    await claimed(town, chen, li, hours=25)
    async with town.store.transaction() as tx:  # else the half-hourly look for gaps comes first
        await tx.timers.remove(next_look(town.community, NOW).id)

    assert await town.use.rounds.next_due() == EVENING


async def test_a_released_place_is_not_reminded_of_and_taken_again_it_is(town, chen, li):
    shift = await claimed(town, chen, li)
    await town.use.shifts.release(li, ReleaseShift(shift), town.cause())
    assert [t.state for t in await rows(town)] == [TimerState.CANCELLED]

    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await at(town, EVENING)

    assert len(await town.owed()) == 1


async def test_a_cancelled_shift_is_not_reminded_of(town, chen, li):
    shift = await claimed(town, chen, li)
    await town.use.shifts.call_off(chen, CancelShift(shift, sure=True), town.cause())

    await at(town, EVENING)

    assert [n.kind for n in await town.owed()] == ["cancelled"]


async def test_three_shifts_of_tomorrow_are_one_reminder(town, chen, li):
    shifts = [await claimed(town, chen, li, hours=hours) for hours in (56, 48, 52)]

    await at(town, EVENING)

    [notice] = await town.owed()
    seen = await told(town, notice)
    assert [s.shift_id for s in (seen.slot, *seen.others)] == [shifts[1], shifts[2], shifts[0]]


async def test_what_is_late_comes_in_one_message_and_what_is_pointless_is_recorded(town, chen, li):
    over = await claimed(town, chen, li)
    coming = [await claimed(town, chen, li, hours=hours) for hours in (72, 76)]

    await at(town, NOW + timedelta(hours=71))  # three days of outage

    [notice] = await town.owed()
    seen = await told(town, notice)
    assert [s.shift_id for s in (seen.slot, *seen.others)] == coming
    states = {t.facts["shift_id"]: t.state for t in await rows(town)}
    assert states == {over: TimerState.MISSED, coming[0]: TimerState.DONE, coming[1]: TimerState.DONE}


async def test_two_people_get_a_message_each(town, chen, li):
    wang = await town.person(3)
    shift = await claimed(town, chen, li, places=2)
    await town.use.shifts.claim(wang, ClaimShift(shift), town.cause())

    await at(town, EVENING)

    assert {n.person_id for n in await town.owed()} == {li.person_id, wang.person_id}


async def test_a_reminder_is_true_when_it_is_sent(town, chen, li):
    first, second = await claimed(town, chen, li), await claimed(town, chen, li, hours=52)
    await at(town, EVENING)
    [notice] = await town.owed()

    await town.use.shifts.release(li, ReleaseShift(first, sure=True), town.cause())
    assert (await told(town, notice)).slot.shift_id == second
    town.clock.instant = NOW + timedelta(hours=52)
    assert await told(town, notice) is None


async def test_somebody_without_telegram_is_not_written_to(town, chen):
    grandma = (await town.use.people.add(chen, town.community, "Grandma Liu", "", town.cause())).person
    shift = await town.shift(chen)
    await town.use.rosters.assign(chen, town.put(shift, grandma.person_id), town.cause())

    await at(town, EVENING)

    assert [n.kind for n in await town.owed()] == ["assigned"]
    assert [(t.state, t.reason) for t in await rows(town)] == [(TimerState.CANCELLED, "moot")]


async def test_a_clock_set_back_over_a_reminder_does_not_repeat_it(town, chen, li):
    await claimed(town, chen, li)
    await at(town, EVENING)

    for hours in (-3, 0, 8):
        await at(town, EVENING + timedelta(hours=hours))

    assert len(await town.owed()) == 1


async def test_a_community_in_another_zone_is_reminded_by_its_new_clocks(town, chen, li):
    await claimed(town, chen, li)
    await town.use.communities.choose_zone(chen, town.community, "Asia/Shanghai", admin=True)
    assert town.heard.rings
    await at(town, NOW)

    evening = datetime(2026, 12, 2, 19, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert [t.due for t in await rows(town)] == [evening]
    await at(town, evening.astimezone(UTC))
    assert len(await town.owed()) == 1


async def test_planning_anew_goes_through_all_shifts_a_few_at_a_time(town, chen, li):
    for n in range(50):
        await claimed(town, chen, li, hours=48 + 4 * n)
    await town.use.communities.choose_zone(chen, town.community, "America/New_York", admin=True)

    await at(town, NOW)

    evenings = [t.due.astimezone(ZoneInfo("America/New_York")) for t in await rows(town)]
    assert (len(evenings), {t.hour for t in evenings}) == (50, {19})


async def test_a_fault_in_one_timer_keeps_no_other_waiting(town, chen, li, caplog):
    await claimed(town, chen, li)
    async with town.store.transaction() as tx:
        await tx.timers.save(new_timer("from the future", town.community, town.community, NOW))

    await at(town, EVENING)

    assert len(await town.owed()) == 1
    assert [(t.state, t.reason) for t in await rows(town, "from the future")] == [(TimerState.FAILED, "KeyError")]
    assert "could not be done" in caplog.text


async def test_a_disk_that_fails_stops_everything(town, chen, li):
    async def broken(_work, _timers):
        raise StoreFailed("full")

    await claimed(town, chen, li)
    town.clock.instant = EVENING
    with pytest.raises(StoreFailed):
        await Timers(desk(town), {**ACTIONS, SHIFT_REMINDER: broken}).fire()


async def test_what_fails_halfway_leaves_neither_message_nor_mark(town, chen, li):
    async def halfway(work, timers):
        await ACTIONS[SHIFT_REMINDER](work, timers)
        raise ZeroDivisionError

    await claimed(town, chen, li)
    town.clock.instant = EVENING
    await Timers(desk(town), {**ACTIONS, SHIFT_REMINDER: halfway}).fire()

    assert await town.owed() == []
    assert [t.state for t in await rows(town)] == [TimerState.FAILED]


async def test_two_bells_at_once_ring_for_each_timer_once(town, chen, li):
    for hours in (48, 52, 72):
        await claimed(town, chen, li, hours=hours)
    town.clock.instant = NOW + timedelta(hours=47)
    timers = Timers(desk(town))

    await asyncio.gather(timers.fire(), timers.fire(), timers.fire())

    assert len(await town.owed()) == 1


async def test_every_night_is_planned_once_by_the_communitys_clocks(town, chen):
    await town.use.communities.choose_zone(chen, town.community, "Asia/Shanghai", admin=True)
    for _ in range(3):
        await at(town, NOW)

    [night] = await rows(town, UPKEEP)
    assert night.due == datetime(2026, 12, 2, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
    await at(town, night.due.astimezone(UTC))
    states = [(t.due - night.due, t.state) for t in await rows(town, UPKEEP)]
    assert states == [(timedelta(0), TimerState.DONE), (timedelta(days=1), TimerState.PENDING)]


async def test_the_night_forgets_old_books_and_keeps_young_ones(town, chen, li):
    await claimed(town, chen, li)
    await at(town, EVENING)
    async with town.store.transaction() as tx:
        [notice] = await tx.notices.in_state(NoticeState.PENDING, 10)
        await tx.notices.save(replace(notice, state=NoticeState.SENT))
        for n in range(2 * AT_ONCE + 5):
            await tx.marks.add(Mark(id=f"old {n}", at=NOW - MARKS_KEPT - timedelta(days=1)))

    await at(town, EVENING + timedelta(days=1))
    async with town.store.reading() as tx:
        assert await tx.marks.before(NOW - MARKS_KEPT, 1000) == []
        assert len(await tx.notices.in_state(NoticeState.SENT, 10)) == 1
    assert len(await rows(town)) == 1

    for days in (1, 2):
        await at(town, EVENING + TIMERS_KEPT + timedelta(days=days))
    async with town.store.reading() as tx:
        assert await tx.notices.in_state(NoticeState.SENT, 10) == []
    assert await rows(town) == []


async def test_every_kind_has_its_policy_and_its_action():
    assert set(ACTIONS) == set(POLICIES)
