"""Nobody is reminded in the night: what would fall into it comes earlier, after an outage in the morning."""

from datetime import UTC, datetime, timedelta

from bot.domain.commands import ClaimShift
from bot.domain.policies import ASK_COMING, SHIFT_REMINDER
from bot.domain.timers import TimerState
from tests.services.conftest import NOW
from tests.services.test_time_passing import at, claimed, li, rows  # noqa: F401 (a fixture)


def london(day, hour, minute=0):
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


async def test_a_shift_at_six_is_reminded_of_on_the_evening_before_and_nobody_is_asked_at_four(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=46)

    assert [t.due for t in await rows(town, SHIFT_REMINDER)] == [london(2, 19)]
    assert await rows(town, ASK_COMING) == []
    for instant in (london(2, 19), london(2, 21, 30), london(3, 4)):
        await at(town, instant)
    assert [n.kind for n in await town.owed()] == [SHIFT_REMINDER]  # whoever was just asked is not asked again


async def test_whoever_claims_late_in_the_evening_is_not_woken(town, chen, li):  # noqa: F811
    shift = await town.shift(chen, hours=46)
    town.clock.instant = london(2, 22, 30)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())

    for hour in range(8):
        await at(town, london(3, hour))
    assert [n.kind for n in await town.owed() if n.made_at < london(3, 5, 45)] == []


async def test_after_an_outage_into_the_night_what_is_still_useful_comes_in_the_morning(town, chen, li):  # noqa: F811
    early, late = await claimed(town, chen, li, hours=46), await claimed(town, chen, li, hours=54)

    await at(town, london(3, 1))
    assert await town.owed() == []
    states = {t.facts["shift_id"]: (t.state, t.reason) for t in await rows(town)}
    assert states[early] == (TimerState.MISSED, "quiet hours")
    assert states[late] == (TimerState.PENDING, "")

    await at(town, london(3, 7))
    assert [n.facts["shift_id"] for n in await town.owed() if n.kind == SHIFT_REMINDER] == [late]


async def test_other_quiet_hours_of_a_community_move_what_is_planned(town, chen, li):  # noqa: F811
    await town.use.rules.typed(chen, "remind evening before 12:00", town.cause())
    await claimed(town, chen, li, hours=46)

    await town.use.rules.typed(chen, "quiet 20-8", town.cause())
    await at(town, NOW + timedelta(minutes=1))
    assert [t.due for t in await rows(town, ASK_COMING)] == [london(2, 19, 30)]

    await town.use.rules.typed(chen, "免打扰 关", town.cause())
    await town.use.rules.typed(chen, "提醒 提前3小时", town.cause())
    await at(town, NOW + timedelta(minutes=2))
    waiting = [t for t in await rows(town) if t.state is TimerState.PENDING]
    assert [t.due for t in waiting] == [london(3, 3)]


async def test_an_empty_post_waits_for_no_morning(town, chen, li):  # noqa: F811
    await claimed(town, chen, li, hours=43)

    await at(town, london(3, 3, 10))
    assert "leads_post_empty" in [n.kind for n in await town.owed()]
