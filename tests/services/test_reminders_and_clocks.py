"""Clocks that step, zones that change, and a bot that was away: what is reminded of then, and what is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.policies import ASK_COMING, GENERATE, SHIFT_REMINDER
from bot.domain.timers import TimerState
from tests.services.conftest import NOW
from tests.services.test_own_reminders import waiting
from tests.services.test_quiet_hours import london
from tests.services.test_time_passing import EVENING, at, claimed, li, rows  # noqa: F401 (a fixture)

MINE = (SHIFT_REMINDER, ASK_COMING)


async def asked(town):
    return [n for n in await town.owed() if n.kind in MINE]


async def test_after_an_outage_several_moments_and_the_question_are_one_message(town, chen, li):  # noqa: F811
    await town.use.own_reminders.typed(li, "evening before 19:00, 8 hours before", town.cause())
    shifts = [await claimed(town, chen, li, hours=54), await claimed(town, chen, li, hours=58)]

    await at(town, london(3, 13))

    [notice] = await asked(town)
    assert f"{notice.facts['shift_id']} {notice.facts['others']}".split() == shifts
    assert await waiting(town) == [(london(3, 16), ASK_COMING)]  # of the later shift


async def test_a_question_and_a_reminder_that_come_late_together_are_one_message(town, chen, li):  # noqa: F811
    await town.use.own_reminders.typed(li, "1 hour before", town.cause())
    await claimed(town, chen, li, hours=54)

    await at(town, london(3, 13, 30))

    assert len(await asked(town)) == 1


async def test_a_clock_set_back_over_a_reminder_or_over_the_night_repeats_nothing(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=54)
    await at(town, london(3, 1))  # the bot was away in the evening: it waits for seven
    for instant in (london(2, 18), london(2, 23), london(3, 6, 59)):
        await at(town, instant)
        assert await asked(town) == []

    for instant in (london(3, 7), london(3, 6), london(3, 7, 30)):
        await at(town, instant)
    assert len(await asked(town)) == 1


async def test_a_clock_that_jumps_ahead_eight_hours_sends_what_is_still_useful_and_records_the_rest(town, chen, li):  # noqa: F811
    soon, later = await claimed(town, chen, li, hours=52), await claimed(town, chen, li, hours=60)

    await at(town, london(3, 5))
    await at(town, london(3, 13))

    assert [n.facts["shift_id"] for n in await asked(town)] == [later]
    states = {t.facts["shift_id"]: t.state for t in await rows(town, SHIFT_REMINDER)}
    assert states == {soon: TimerState.MISSED, later: TimerState.DONE}


async def test_all_that_goes_by_a_communitys_clocks_moves_with_its_zone(town, chen, li):  # noqa: F811
    wang = await town.person(3)
    await town.use.own_reminders.typed(wang, "zone London", town.cause())
    await claimed(town, chen, li, hours=55)
    await claimed(town, chen, wang, hours=59)

    await town.use.communities.choose_zone(chen, town.community, "Asia/Shanghai", admin=True)
    await at(town, NOW)

    due = {t.person_id: t.due for t in await rows(town, SHIFT_REMINDER)}
    evening = datetime(2026, 12, 2, 19, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert due == {li.person_id: evening, wang.person_id: EVENING}
    asks = {t.person_id: t.due for t in await rows(town, ASK_COMING)}
    assert asks == {li.person_id: london(3, 13), wang.person_id: london(3, 17)}
    [night] = [t for t in await rows(town, GENERATE) if t.state is TimerState.PENDING]
    assert night.due.astimezone(ZoneInfo("Asia/Shanghai")).hour == 3


async def test_other_rules_of_time_in_the_same_zone_are_heeded_after_one_night(town, chen, li):  # noqa: F811
    """What the time zone database said when the reminder was planned is not what it says now."""
    await claimed(town, chen, li, hours=54)
    [planned] = await rows(town, SHIFT_REMINDER)
    async with town.store.transaction() as tx:
        await tx.timers.save(replace(planned, due=planned.due + timedelta(hours=1)))

    await at(town, datetime(2026, 12, 2, 3, 10, tzinfo=UTC))

    assert [t.due for t in await rows(town, SHIFT_REMINDER)] == [EVENING]


async def test_a_wish_during_an_outage_loses_no_reminder_that_was_due(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=54)
    town.clock.instant = london(2, 20)
    await town.use.own_reminders.typed(li, "quiet 23-6", town.cause())

    await at(town, london(2, 20, 1))
    assert len(await asked(town)) == 1
