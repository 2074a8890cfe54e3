"""Two people exchange their places: who is asked, what is checked when, and what ends a request."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.commands import CancelShift, ClaimShift, MyShifts, ReleaseShift
from bot.domain.getting_commands import AnswerSwap, ApproveSwap, AskSwap, SeekCover, TakeCover, UndoSwap, WithdrawSwap
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NumberedIds


async def both_on(town, chief, *, hours=48, apart=24):
    """Li and Wang hold a place each, in shifts some hours apart."""
    li, wang = await town.reachable(2), await town.reachable(3)
    early, late = await town.shift(chief, hours=hours), await town.shift(chief, hours=hours + apart)
    await town.use.shifts.claim(li, ClaimShift(early), town.cause())
    await town.use.shifts.claim(wang, ClaimShift(late), town.cause())
    return li, wang, early, late


async def asks(town, li, wang, early, late):
    return (await town.use.swaps.ask(li, AskSwap(early, late, wang.person_id), town.cause())).swap_id


async def says(town, who, swap_id, *, yes=True):
    return await town.use.swaps.answer(who, AnswerSwap(swap_id, yes=yes), town.cause())


async def told(town, kind):
    return [n.person_id for n in await town.owed() if n.kind == kind]


async def with_approval(town):
    async with town.store.transaction() as tx:
        community = await tx.communities.one(town.community)
        await tx.communities.save(replace(community, rules=replace(community.rules, approve_swap=True)))


async def reminders(town, shift_id):
    async with town.store.reading() as tx:
        due = await tx.timers.due(town.clock.now() + timedelta(days=30), 500)
    return [t.person_id for t in due if t.kind == "shift_reminder" and t.subject.startswith(shift_id)]


async def test_the_places_change_hands_when_the_other_says_yes_and_both_know(town, chen):
    li, wang, early, late = await both_on(town, chen)

    page = await town.use.swaps.choices(li, early, 0)
    assert [(c.slot.shift_id, c.person_id) for c in page.choices] == [(late, wang.person_id)]
    swap = await asks(town, li, wang, early, late)
    assert await told(town, "swap_asked") == [wang.person_id]
    assert (await town.use.lists.mine(wang, MyShifts())).swaps == 1
    done = await says(town, wang, swap)

    assert (done.what, await town.on(early), await town.on(late)) == ("done", [wang.person_id], [li.person_id])
    assert await told(town, "swap_done") == [li.person_id]
    assert (await reminders(town, early), await reminders(town, late)) == ([wang.person_id], [li.person_id])


async def test_a_no_leaves_everything_as_it_was(town, chen):
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)

    assert (await says(town, wang, swap, yes=False)).what == "declined"

    assert await told(town, "swap_declined") == [li.person_id]
    assert await town.on(early) == [li.person_id]
    with pytest.raises(life_errors.SwapOver):
        await says(town, wang, swap)


async def test_asking_twice_asks_once_and_a_press_that_comes_again_changes_nothing_more(town, chen):
    li, wang, early, late = await both_on(town, chen)

    first = await asks(town, li, wang, early, late)
    assert await asks(town, li, wang, early, late) == first
    assert await told(town, "swap_asked") == [wang.person_id]
    done = await town.use.swaps.answer(wang, AnswerSwap(first, yes=True), "press x")

    assert await town.use.swaps.answer(wang, AnswerSwap(first, yes=True), "press x") == done


async def test_strangers_and_the_wrong_one_of_the_two_change_nothing(town, chen):
    li, wang, early, late = await both_on(town, chen)
    zhao = await town.reachable(4)
    swap = await asks(town, li, wang, early, late)

    for who in (li, zhao):
        with pytest.raises(errors.NotYours):
            await says(town, who, swap)
    with pytest.raises(errors.NotYours):
        await town.use.swaps.withdraw(wang, WithdrawSwap(swap), town.cause())
    with pytest.raises(errors.NotAllowed):
        await town.use.swaps.approve(zhao, ApproveSwap(swap, yes=True), town.cause())
    with pytest.raises(errors.NotYours):
        await town.use.swaps.look(zhao, swap)


async def test_a_request_is_withdrawn_by_whoever_made_it(town, chen):
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)

    await town.use.swaps.withdraw(li, WithdrawSwap(swap), town.cause())

    with pytest.raises(life_errors.SwapOver):
        await says(town, wang, swap)
    assert [s.state.value for s in (await town.use.swaps.mine(wang, 0)).swaps] == ["withdrawn"]


@pytest.mark.parametrize("undone_by", [0, 1])
async def test_either_of_the_two_undoes_it_within_a_minute(town, chen, undone_by):
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)
    await says(town, wang, swap)
    town.clock.instant += timedelta(seconds=60)

    await town.use.swaps.undo((li, wang)[undone_by], UndoSwap(swap), town.cause())

    assert (await town.on(early), await town.on(late)) == ([li.person_id], [wang.person_id])
    assert await told(town, "swap_undone") == [(wang, li)[undone_by].person_id]
    assert (await reminders(town, early), await reminders(town, late)) == ([li.person_id], [wang.person_id])


async def test_after_a_minute_it_stays(town, chen):
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)
    await says(town, wang, swap)
    town.clock.instant += timedelta(seconds=61)

    with pytest.raises(life_errors.UndoOver):
        await town.use.swaps.undo(li, UndoSwap(swap), town.cause())


async def test_with_approval_a_coordinator_decides(town, chen):
    await with_approval(town)
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)

    assert (await says(town, wang, swap)).what == "agreed"
    assert await town.on(early) == [li.person_id]
    assert await told(town, "leads_swap_agreed") == [chen.person_id]
    await town.use.swaps.approve(chen, ApproveSwap(swap, yes=True), town.cause())

    assert (await town.on(early), await town.on(late)) == ([wang.person_id], [li.person_id])
    assert set(await told(town, "swap_done")) == {li.person_id, wang.person_id}


async def test_what_is_not_approved_leaves_everything_as_it_was(town, chen):
    await with_approval(town)
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)
    await says(town, wang, swap)

    await town.use.swaps.approve(chen, ApproveSwap(swap, yes=False), town.cause())

    assert set(await told(town, "swap_refused")) == {li.person_id, wang.person_id}
    assert await town.on(early) == [li.person_id]


async def test_the_other_shift_was_cancelled_meanwhile_and_that_is_said(town, chen):
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)

    await town.use.shifts.call_off(chen, CancelShift(early, sure=True), town.cause())

    assert set(await told(town, "swap_expired")) == {li.person_id, wang.person_id}
    with pytest.raises(errors.ShiftCancelled):
        await says(town, wang, swap)
    assert await town.on(late) == [wang.person_id]


async def test_whatever_takes_a_place_away_ends_the_swaps_it_was_to_be_given_in(town, chen):
    li, wang, early, late = await both_on(town, chen)
    zhao = await town.reachable(4)
    swap = await asks(town, li, wang, early, late)
    await town.use.shifts.release(li, ReleaseShift(early, sure=True), town.cause())
    with pytest.raises(life_errors.SwapBroken):
        await says(town, wang, swap)

    await town.use.shifts.claim(li, ClaimShift(early), town.cause())
    again = await asks(town, li, wang, early, late)
    search = (await town.use.cover.seek(wang, SeekCover(late), town.cause())).search_id
    await town.use.cover.take(zhao, TakeCover(search), town.cause())
    with pytest.raises(life_errors.SwapBroken):
        await says(town, wang, again)


async def test_a_swap_ends_the_search_and_the_other_swaps_of_both_places(town, chen):
    li, wang, early, late = await both_on(town, chen)
    zhao = await town.reachable(4)
    third = await town.shift(chen, hours=120)
    await town.use.shifts.claim(zhao, ClaimShift(third), town.cause())
    with_wang = await asks(town, li, wang, early, late)
    with_zhao = await asks(town, li, zhao, early, third)
    search = (await town.use.cover.seek(li, SeekCover(early), town.cause())).search_id

    await says(town, wang, with_wang)

    with pytest.raises(life_errors.SwapBroken):
        await says(town, zhao, with_zhao)
    with pytest.raises(life_errors.CoverOver):
        await town.use.cover.take(zhao, TakeCover(search), town.cause())


async def test_a_shift_that_has_begun_ends_the_swap_by_itself(town, chen):
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)
    town.clock.instant += timedelta(hours=48)
    await Timers(Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())).fire()

    assert set(await told(town, "swap_expired")) == {li.person_id, wang.person_id}
    with pytest.raises(errors.ShiftStarted):
        await says(town, wang, swap)


async def test_somebody_busy_meanwhile_cannot_swap(town, chen):
    li, wang, early, late = await both_on(town, chen)
    swap = await asks(town, li, wang, early, late)
    clash = await town.shift(chen, hours=49)
    await town.use.shifts.claim(wang, ClaimShift(clash), town.cause())

    with pytest.raises(errors.ShiftOverlaps):
        await says(town, wang, swap)
    assert await town.on(early) == [li.person_id]


async def test_too_little_rest_is_asked_about_and_the_shift_given_away_does_not_count(town, chen):
    li, wang, early, late = await both_on(town, chen, apart=6)
    near = await town.shift(chen, hours=42)
    swap = await asks(town, li, wang, early, late)
    await town.use.shifts.claim(wang, ClaimShift(near, sure=True), town.cause())

    with pytest.raises(life_errors.RestTooShort):
        await says(town, wang, swap)
    done = await town.use.swaps.answer(wang, AnswerSwap(swap, yes=True, sure=True), town.cause())

    assert done.what == "done"


async def test_whoever_cannot_be_reached_is_not_asked_any_more(town, chen):
    li, wang, early, late = await both_on(town, chen)
    await asks(town, li, wang, early, late)
    notice = next(n for n in await town.owed() if n.kind == "swap_asked")

    await town.use.people.unreachable(notice, "blocked")

    assert set(await told(town, "swap_expired")) == {li.person_id, wang.person_id}
    assert (await town.use.swaps.choices(li, early, 0)).choices == ()
