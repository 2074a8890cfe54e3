"""Somebody cannot come: who is asked, who may take over, and what becomes of the place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.commands import CancelShift, ClaimShift, JoinWaitlist, ReleaseShift, RemovePerson
from bot.domain.getting_commands import AnswerCover, SeekCover, TakeCover, UndoCover, WithdrawCover
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NumberedIds


async def cannot_come(town, chief, *accounts, hours=2):
    """Li holds a place in a shift that is near and says that she cannot come; these can be asked."""
    people = [await town.reachable(n) for n in accounts]
    li = await town.reachable(2)
    shift = await town.shift(chief, hours=hours)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    changed = await town.use.cover.seek(li, SeekCover(shift), town.cause())
    return li, shift, changed, people


async def time_passes(town, **span):
    town.clock.instant += timedelta(**span)
    await Timers(Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())).fire()


async def asked(town):
    return [n.person_id for n in await town.owed() if n.kind == "cover_asked"]


async def told(town, kind):
    return [n.person_id for n in await town.owed() if n.kind == kind]


async def with_approval(town):
    async with town.store.transaction() as tx:
        community = await tx.communities.one(town.community)
        await tx.communities.save(replace(community, rules=replace(community.rules, approve_cover=True)))


async def test_until_three_hours_before_a_place_is_given_back_freely_and_later_cover_is_sought(town, chen):
    early, late = await town.shift(chen, hours=3), await town.shift(chen, hours=26)
    li = await town.reachable(2)
    for shift in (early, late):
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())

    town.clock.instant += timedelta(minutes=1)
    kept = await town.use.shifts.release(li, ReleaseShift(early, sure=True), town.cause())
    given = await town.use.shifts.release(li, ReleaseShift(late, sure=True), town.cause())

    assert (kept.what, given.what) == ("would_seek", "released")
    assert await town.on(early) == [li.person_id]


async def test_whoever_is_free_is_asked_three_at_a_time_and_the_coordinator_sees_the_search(town, chen):
    li, shift, changed, people = await cannot_come(town, chen, 3, 4, 5, 6)

    assert await asked(town) == [p.person_id for p in people[:3]]
    assert await told(town, "leads_cover_sought") == [chen.person_id]
    assert changed.slot.asked == 3
    assert await town.on(shift) == [li.person_id]
    page = await town.use.rosters.look(chen, shift)
    assert [(p.person_id, p.asked) for p in page.on] == [(li.person_id, 3)]
    await time_passes(town, minutes=20)
    assert (await asked(town))[3:] == [people[3].person_id]


async def test_whoever_was_asked_longest_ago_is_asked_first(town, chen):
    li, shift, _, people = await cannot_come(town, chen, 3, 4, 5, 6)
    await town.use.cover.withdraw(li, WithdrawCover(shift), town.cause())
    town.clock.instant += timedelta(minutes=1)

    await town.use.cover.seek(li, SeekCover(shift), town.cause())

    assert (await asked(town))[3] == people[3].person_id


async def test_those_in_line_for_the_shift_are_asked_first(town, chen):
    people = [await town.reachable(n) for n in (3, 4, 5, 6)]
    li = await town.reachable(2)
    shift = await town.shift(chen, hours=2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await town.use.shifts.wait(people[3], JoinWaitlist(shift), town.cause())

    await town.use.cover.seek(li, SeekCover(shift), town.cause())

    assert (await asked(town))[0] == people[3].person_id


async def test_people_who_are_busy_tired_or_out_of_reach_are_not_asked(town, chen):
    busy, tired = await town.reachable(3), await town.reachable(4)
    await town.person(5)
    clash, before = await town.shift(chen, hours=3), await town.shift(chen, hours=8)
    await town.use.shifts.claim(busy, ClaimShift(clash), town.cause())
    await town.use.rosters.assign(chen, town.put(before, tired.person_id), town.cause())

    await cannot_come(town, chen)

    assert await asked(town) == []


async def test_when_nobody_is_left_the_group_is_asked_on_its_card(town, chen):
    li, shift, changed, _ = await cannot_come(town, chen)
    anybody = await town.person(9)

    async with town.store.reading() as tx:
        search = await tx.searches.one(changed.search_id)
    await town.use.cover.take(anybody, TakeCover(search.id), town.cause())

    assert search.stage.value == "group"
    assert await town.on(shift) == [anybody.person_id]
    assert await told(town, "cover_taken") == [li.person_id]


async def test_taking_over_is_refused_to_whoever_is_busy_or_too_late(town, chen):
    _, shift, changed, (wang, zhao) = await cannot_come(town, chen, 3, 4)
    clash = await town.shift(chen, hours=3)
    await town.use.shifts.claim(wang, ClaimShift(clash), town.cause())

    with pytest.raises(errors.ShiftOverlaps):
        await town.use.cover.take(wang, TakeCover(changed.search_id), town.cause())
    await town.use.cover.take(zhao, TakeCover(changed.search_id), town.cause())
    with pytest.raises(life_errors.CoverOver):
        await town.use.cover.take(chen, TakeCover(changed.search_id), town.cause())

    assert await town.on(shift) == [zhao.person_id]


async def test_a_slip_is_undone_within_a_minute_and_the_search_goes_on(town, chen):
    li, shift, changed, (wang,) = await cannot_come(town, chen, 3)
    await town.use.cover.take(wang, TakeCover(changed.search_id), town.cause())

    town.clock.instant += timedelta(seconds=60)
    await town.use.cover.undo(wang, UndoCover(changed.search_id), town.cause())

    assert await town.on(shift) == [li.person_id]
    assert await told(town, "cover_undone") == [li.person_id]
    await town.use.cover.take(wang, TakeCover(changed.search_id), town.cause())
    town.clock.instant += timedelta(seconds=61)
    with pytest.raises(life_errors.UndoOver):
        await town.use.cover.undo(wang, UndoCover(changed.search_id), town.cause())


async def test_with_approval_it_stays_theirs_until_a_coordinator_says_yes(town, chen):
    await with_approval(town)
    li, shift, changed, (wang,) = await cannot_come(town, chen, 3)

    agreed = await town.use.cover.take(wang, TakeCover(changed.search_id), town.cause())
    assert agreed.what == "agreed"
    assert await town.on(shift) == [li.person_id]
    assert await told(town, "leads_cover_agreed") == [chen.person_id]
    with pytest.raises(errors.NotAllowed):
        await town.use.cover.answer(wang, AnswerCover(changed.search_id, yes=True), town.cause())
    await town.use.cover.answer(chen, AnswerCover(changed.search_id, yes=True), town.cause())

    assert await town.on(shift) == [wang.person_id]
    assert set(await told(town, "cover_taken")) == {li.person_id, wang.person_id}
    with pytest.raises(life_errors.CoverOver):
        await town.use.cover.answer(chen, AnswerCover(changed.search_id, yes=False), town.cause())


async def test_what_is_not_approved_goes_on_looking(town, chen):
    await with_approval(town)
    li, shift, changed, (wang, zhao) = await cannot_come(town, chen, 3, 4)
    await town.use.cover.take(wang, TakeCover(changed.search_id), town.cause())

    await town.use.cover.answer(chen, AnswerCover(changed.search_id, yes=False), town.cause())

    assert set(await told(town, "cover_refused")) == {li.person_id, wang.person_id}
    await town.use.cover.take(zhao, TakeCover(changed.search_id), town.cause())
    await town.use.cover.answer(chen, AnswerCover(changed.search_id, yes=True), town.cause())
    assert await town.on(shift) == [zhao.person_id]


async def test_nobody_took_over_by_the_start_and_all_who_must_know_are_told(town, chen):
    li, shift, changed, _ = await cannot_come(town, chen, 3)

    await time_passes(town, hours=2)

    assert await told(town, "cover_failed") == [li.person_id]
    assert await told(town, "leads_cover_failed") == [chen.person_id]
    with pytest.raises(life_errors.CoverOver):
        await town.use.cover.take(chen, TakeCover(changed.search_id), town.cause())
    assert await town.on(shift) == [li.person_id]


async def test_a_search_ends_with_the_place_it_is_for(town, chen):
    li, shift, changed, (wang,) = await cannot_come(town, chen, 3)

    await town.use.rosters.remove(chen, RemovePerson(shift, li.person_id, sure=True), town.cause())
    with pytest.raises(life_errors.CoverOver):
        await town.use.cover.take(wang, TakeCover(changed.search_id), town.cause())

    _, other, again, _ = await cannot_come(town, chen, hours=30)
    await town.use.shifts.call_off(chen, CancelShift(other, sure=True), town.cause())
    with pytest.raises(life_errors.CoverOver):
        await town.use.cover.take(wang, TakeCover(again.search_id), town.cause())


async def test_the_same_press_twice_takes_over_once(town, chen):
    _, _, changed, (wang,) = await cannot_come(town, chen, 3)

    first = await town.use.cover.take(wang, TakeCover(changed.search_id), "press x")

    assert await town.use.cover.take(wang, TakeCover(changed.search_id), "press x") == first


async def test_somebody_asked_who_cannot_be_reached_troubles_no_coordinator(town, chen):
    await cannot_come(town, chen, 3)
    notice = next(n for n in await town.owed() if n.kind == "cover_asked")

    await town.use.people.unreachable(notice, "blocked")

    assert await told(town, "unreachable") == []
