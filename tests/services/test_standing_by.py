"""People who may be called on a day: who is called when a post lacks somebody, in which order, and what they answer."""

from datetime import timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.assignments import Hold
from bot.domain.commands import ClaimShift
from bot.domain.duty_commands import CheckIn
from bot.domain.getting_commands import (
    AgreeStandby,
    ComeStandby,
    PassStandby,
    StandbyDays,
    WhoStandsBy,
    WithdrawStandby,
)
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NumberedIds

TODAY = "2026-12-01"


async def time_passes(town, **span):
    town.clock.instant += timedelta(**span)
    await Timers(Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())).fire()


async def agrees(town, who, day=TODAY):
    return await town.use.standbys.agree(who, AgreeStandby(town.community, day), town.cause())


async def called(town):
    return [n.person_id for n in await town.owed() if n.kind == "standby_called"]


async def li_is_missing(town, chief, *accounts):
    """Li has the only place of a shift and has not come 10 minutes after its start; these stand by, in that order."""
    people = [await town.reachable(n) for n in accounts]
    li = await town.reachable(2, "Li")
    shift = await town.shift(chief, hours=2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    for person in people:
        await agrees(town, person)
    await time_passes(town, hours=2, minutes=10)
    return li, shift, people


async def test_whoever_agreed_first_is_called_and_gets_the_place_of_whoever_is_missing(town, chen):
    li, shift, (wang, _) = await li_is_missing(town, chen, 3, 4)
    assert await called(town) == [wang.person_id]

    done = await town.use.standbys.come(wang, ComeStandby(shift), town.cause())

    assert (done.what, await town.on(shift)) == ("comes", [wang.person_id])
    async with town.store.reading() as tx:
        holds = {a.person_id: a.hold for a in await tx.assignments.of_shift(shift)}
    assert holds[li.person_id] is Hold.MISSED
    assert [n.person_id for n in await town.owed() if n.kind == "leads_standby_came"] == [chen.person_id]
    await town.use.attendance.check_in(wang, CheckIn(shift), town.cause())
    await time_passes(town, minutes=15)
    assert await called(town) == [wang.person_id]


async def test_whoever_cannot_come_passes_and_the_next_is_called(town, chen):
    _, shift, (wang, zhao) = await li_is_missing(town, chen, 3, 4)

    await town.use.standbys.pass_on(wang, PassStandby(shift), town.cause())

    assert await called(town) == [wang.person_id, zhao.person_id]
    with pytest.raises(life_errors.StandbyOver):
        await town.use.standbys.come(wang, ComeStandby(shift), town.cause())


async def test_whoever_does_not_answer_in_ten_minutes_is_passed_over(town, chen):
    _, shift, (wang, zhao) = await li_is_missing(town, chen, 3, 4)

    await time_passes(town, minutes=10)

    assert await called(town) == [wang.person_id, zhao.person_id]
    with pytest.raises(life_errors.StandbyOver):
        await town.use.standbys.come(wang, ComeStandby(shift), town.cause())
    await town.use.standbys.come(zhao, ComeStandby(shift), town.cause())
    assert await town.on(shift) == [zhao.person_id]


async def test_whoever_cannot_be_reached_is_passed_over_at_once(town, chen):
    _, _, (wang, zhao) = await li_is_missing(town, chen, 3, 4)
    notice = next(n for n in await town.owed() if n.kind == "standby_called")

    await town.use.people.unreachable(notice, "blocked")

    assert await called(town) == [wang.person_id, zhao.person_id]


async def test_when_the_missing_one_came_after_all_there_is_no_place_to_give(town, chen):
    li, shift, (wang,) = await li_is_missing(town, chen, 3)
    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())

    with pytest.raises(errors.ShiftFull):
        await town.use.standbys.come(wang, ComeStandby(shift), town.cause())

    assert await town.on(shift) == [li.person_id]


async def test_nobody_is_called_to_a_post_where_all_are_there(town, chen):
    li, wang = await town.reachable(2), await town.reachable(3)
    shift = await town.shift(chen, hours=2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await agrees(town, wang)
    town.clock.instant += timedelta(hours=2)
    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())

    await time_passes(town, minutes=10)

    assert await called(town) == []


async def test_a_post_that_nobody_claimed_calls_as_many_as_it_needs_who_are_free(town, chen):
    wang, zhao, busy, gone = [await town.reachable(n) for n in (3, 4, 5, 6)]
    elsewhere = await town.shift(chen, hours=3)
    await town.use.shifts.claim(busy, ClaimShift(elsewhere), town.cause())
    shift = await town.shift(chen, hours=2, places=2)
    for person in (busy, gone, wang, zhao):
        await agrees(town, person)
    await town.use.people.left(6, town.chat_id)

    await time_passes(town, hours=2, minutes=10)

    assert await called(town) == [wang.person_id, zhao.person_id]
    for person in (wang, zhao):
        await town.use.standbys.come(person, ComeStandby(shift), town.cause())
    assert await town.on(shift) == [wang.person_id, zhao.person_id]


async def test_a_day_is_agreed_to_once_withdrawn_and_agreed_to_again(town, chen):
    wang = await town.reachable(3)
    await agrees(town, wang)
    with pytest.raises(life_errors.AlreadyStandby):
        await agrees(town, wang)
    await town.use.standbys.withdraw(wang, WithdrawStandby(town.community, TODAY), town.cause())
    page = await town.use.standbys.typed(wang, "2026-12-05", town.cause())

    assert (page.changed.isoformat(), page.what) == ("2026-12-05", "agreed")
    assert [d.state for d in (await town.use.standbys.days(wang, StandbyDays())).days][:6] == [
        "",
        "",
        "",
        "",
        "ready",
        "",
    ]


async def test_withdrawing_a_call_calls_the_next(town, chen):
    _, _, (wang, zhao) = await li_is_missing(town, chen, 3, 4)

    await town.use.standbys.withdraw(wang, WithdrawStandby(town.community, TODAY), town.cause())

    assert await called(town) == [wang.person_id, zhao.person_id]


async def test_a_past_day_and_a_forged_one_are_refused_and_only_leads_see_names(town, chen):
    wang = await town.reachable(3)
    for day in ("2026-11-30", "soon"):
        with pytest.raises(life_errors.StandbyOver):
            await agrees(town, wang, day)
    await agrees(town, wang)

    with pytest.raises(errors.NotAllowed):
        await town.use.standbys.who(wang, WhoStandsBy(town.community, TODAY))
    names = await town.use.standbys.who(chen, WhoStandsBy(town.community, TODAY))
    assert names.people == (("Person 3", "ready"),)


async def test_whoever_came_may_be_called_again_once_the_shift_is_over(town, chen):
    _, shift, (wang,) = await li_is_missing(town, chen, 3)
    await town.use.standbys.come(wang, ComeStandby(shift), town.cause())

    await time_passes(town, hours=8)

    names = await town.use.standbys.who(chen, WhoStandsBy(town.community, TODAY))
    assert [state for _, state in names.people] == ["ready"]


async def test_the_same_press_twice_comes_once(town, chen):
    _, shift, (wang,) = await li_is_missing(town, chen, 3)

    first = await town.use.standbys.come(wang, ComeStandby(shift), "press x")

    assert await town.use.standbys.come(wang, ComeStandby(shift), "press x") == first
