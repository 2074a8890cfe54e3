"""Always mine: shifts of a series that are claimed ahead for somebody, given back singly, paused, ended."""

from datetime import timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.commands import ClaimShift, ReleaseShift
from bot.domain.rule_commands import Agree
from bot.domain.standing_commands import CommitmentList, CommitTo, EndCommitment
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NumberedIds


async def a_series(town, chief, line="daily 18-20 x1"):
    await town.use.series_planning.begin(chief, line=f"East Gate {line}")
    made = await town.use.series.make(chief, await town.use.series_planning.request(chief), town.cause())
    return await shifts_of(town, made.series.series_id)


async def shifts_of(town, series_id):
    async with town.store.reading() as tx:
        series = await tx.series.one(series_id)
        found = await tx.shifts.of_series(series_id, series.first, series.first + timedelta(days=60))
    return sorted(found, key=lambda s: s.start)


async def claims(town, actor, shift):
    await town.use.shifts.claim(actor, ClaimShift(shift.id), town.cause())


async def commits(town, actor, shift, days="w"):
    return await town.use.commitments.commit(actor, CommitTo(shift.id, days), town.cause())


async def mine(town, person, shifts):
    return [s.day for s in shifts if person.person_id in await town.on(s.id)]


async def test_every_such_weekday_is_claimed_ahead_and_one_can_be_given_back(town, chen):
    shifts, li = await a_series(town, chen), await town.person(2)
    await claims(town, li, shifts[1])
    asked = await town.use.commitments.choice(li, CommitTo(shifts[1].id))

    made = await commits(town, li, shifts[1])
    await town.use.shifts.release(li, ReleaseShift(shifts[8].id, sure=True), town.cause())

    assert (asked.weekday, made.shown.weekdays, made.shown.claimed) == (2, (2,), 2)
    assert await mine(town, li, shifts) == [shifts[1].day, shifts[15].day]
    assert [c.claimed for c in (await town.use.commitments.page(li, CommitmentList())).commitments] == [1]


async def test_a_pause_and_an_end_give_back_what_was_claimed_ahead(town, chen):
    shifts, li = await a_series(town, chen), await town.person(2)
    await claims(town, li, shifts[1])
    made = await commits(town, li, shifts[1], "a")

    paused = await town.use.commitments.pause(
        li, made.shown.commitment_id, f"{shifts[3].day}..{shifts[5].day}", town.cause()
    )
    assert (paused.freed, len(await mine(town, li, shifts))) == (3, len(shifts) - 4)
    ended = await town.use.commitments.end(li, EndCommitment(made.shown.commitment_id, sure=True), town.cause())

    assert (ended.shown.ended, ended.shown.claimed) == (True, 0)
    assert await mine(town, li, shifts) == [shifts[1].day]
    with pytest.raises(life_errors.CommitmentOver):
        await town.use.commitments.end(li, EndCommitment(made.shown.commitment_id, sure=True), town.cause())


async def test_whoever_cannot_have_a_shift_is_told_and_why(town, chen):
    shifts, li, wang = await a_series(town, chen), await town.reachable(2), await town.person(3)
    await claims(town, li, shifts[1])
    await claims(town, wang, shifts[8])

    await commits(town, li, shifts[1])

    told = [(n.person_id, n.facts["shift_id"], n.facts["why"]) for n in await town.owed() if n.kind == "not_claimed"]
    assert told == [(li.person_id, shifts[8].id, "ShiftFull")]


async def test_only_ones_own_shift_of_a_series_and_only_once(town, chen):
    shifts, li, wang = await a_series(town, chen), await town.person(2), await town.person(3)
    single = await town.shift(chen, hours=30)
    await claims(town, li, shifts[1])
    await town.use.shifts.claim(li, ClaimShift(single), town.cause())
    made = await commits(town, li, shifts[1])

    with pytest.raises(life_errors.AlreadyCommitted):
        await commits(town, li, shifts[1], "a")
    with pytest.raises(errors.NotYours):
        await commits(town, wang, shifts[1])
    with pytest.raises(life_errors.NotInSeries):
        await town.use.commitments.commit(li, CommitTo(single, "w"), town.cause())
    with pytest.raises(errors.NotYours):
        await town.use.commitments.end(wang, EndCommitment(made.shown.commitment_id, sure=True), town.cause())
    with pytest.raises(errors.DomainError):
        await town.use.commitments.pause(li, made.shown.commitment_id, "some day", town.cause())


async def test_nothing_is_claimed_ahead_for_somebody_who_left(town, chen):
    shifts, li = await a_series(town, chen), await town.person(2)
    await claims(town, li, shifts[1])
    await commits(town, li, shifts[1], "a")
    await town.use.people.left(2, town.chat_id)
    before = await mine(town, li, shifts)
    timers = Timers(Desk(town.store, town.clock, NumberedIds(), town.heard, Rules()))
    await timers.plan_nightly()
    town.clock.instant += timedelta(days=1)
    await timers.fire()

    after = await shifts_of(town, shifts[0].series_id)
    assert len(after) > len(shifts)
    assert await mine(town, li, after) == before


async def test_nothing_is_claimed_ahead_against_rest_or_caps_and_the_reason_is_told(town, chen):
    nights, li, wang = await a_series(town, chen, "daily 22-2 x2"), await town.person(2), await town.person(3)
    mornings = await a_series(town, chen, "daily 4-8 x1")
    await claims(town, li, nights[1])
    await town.use.shifts.claim(li, ClaimShift(mornings[5].id), town.cause())

    await commits(town, li, nights[1], "a")
    await town.use.rules.agree(chen, Agree(town.community, "week", "3"), town.cause())
    await claims(town, wang, nights[1])
    await commits(town, wang, nights[1], "a")

    told = {(n.person_id, n.facts["why"]) for n in await town.owed() if n.kind == "not_claimed"}
    assert nights[5].day not in await mine(town, li, nights)
    assert {(li.person_id, "RestTooShort"), (wang.person_id, "WeekFull")} <= told
