"""What people can do with shifts, through the services and the store."""

from datetime import timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.assignments import Hold
from bot.domain.commands import (
    CancelShift,
    ClaimShift,
    JoinWaitlist,
    LeaveWaitlist,
    MyShifts,
    OpenShifts,
    ReleaseShift,
    RemovePerson,
    UndoBatch,
)


async def test_the_same_press_twice_claims_once(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen, places=2)

    first = await town.use.shifts.claim(li, ClaimShift(shift), "press x")
    again = await town.use.shifts.claim(li, ClaimShift(shift), "press x")

    assert first == again
    assert await town.on(shift) == [li.person_id]


async def test_whoever_acts_in_the_group_is_a_volunteer_and_a_stranger_is_not(town, chen):
    shift = await town.shift(chen)
    stranger = await town.person(9, group=False)

    with pytest.raises(errors.NotAllowed):
        await town.use.shifts.claim(stranger, ClaimShift(shift), town.cause())
    neighbour = await town.person(9)
    await town.use.shifts.claim(neighbour, ClaimShift(shift), town.cause())

    assert await town.on(shift) == [neighbour.person_id]


async def test_a_shift_of_another_community_overlaps_all_the_same(town, chen):
    other = await town.found(chen, chat_id=-200, title="Next Door")
    opened = await town.use.checkpoints.open(chen, other, "North Gate", town.cause())
    mine = await town.shift(chen)
    theirs = await town.shift(chen, hours=50, gate=opened.checkpoint_id)

    await town.use.shifts.claim(chen, ClaimShift(mine), town.cause())
    with pytest.raises(errors.ShiftOverlaps) as clash:
        await town.use.shifts.claim(chen, ClaimShift(theirs), town.cause())

    assert clash.value.other_shift_id == mine


async def test_a_late_release_is_asked_about_and_changes_nothing_yet(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen, hours=10)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())

    asked = await town.use.shifts.release(li, ReleaseShift(shift), town.cause())

    assert asked.what == "would_release"
    assert await town.on(shift) == [li.person_id]
    await town.use.shifts.release(li, ReleaseShift(shift, sure=True), town.cause())
    assert await town.on(shift) == []


async def test_leaving_the_waitlist_lets_the_next_one_be_first(town, chen):
    li, wang, zhao = [await town.person(n) for n in (2, 3, 4)]
    shift = await town.shift(chen)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await town.use.shifts.wait(wang, JoinWaitlist(shift), town.cause())
    second = await town.use.shifts.wait(zhao, JoinWaitlist(shift), town.cause())

    await town.use.shifts.stop_waiting(wang, LeaveWaitlist(shift), town.cause())

    assert second.slot.position == 2
    assert (await town.use.lists.one(zhao, shift)).position == 1


async def test_cancelling_says_first_whom_it_concerns_and_then_tells_them(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())

    asked = await town.use.shifts.call_off(chen, CancelShift(shift), town.cause())
    assert (asked.what, asked.people) == ("would_cancel", 1)
    done = await town.use.shifts.call_off(chen, CancelShift(shift, sure=True), town.cause())

    assert done.slot.cancelled
    assert [n.kind for n in await town.owed()] == ["cancelled"]
    with pytest.raises(errors.ShiftCancelled):
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())


async def test_only_coordinators_cancel_assign_and_make(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen)

    with pytest.raises(errors.NotAllowed):
        await town.use.shifts.call_off(li, CancelShift(shift), town.cause())
    with pytest.raises(errors.NotAllowed):
        await town.use.rosters.assign(li, town.put(shift, li.person_id), town.cause())
    with pytest.raises(errors.NotAllowed):
        await town.use.checkpoints.open(li, town.community, "Mine", town.cause())


async def test_a_neighbour_without_telegram_is_put_on_by_name_and_told_by_nobody(town, chen):
    shift = await town.shift(chen)
    added = await town.use.people.add(chen, town.community, " Grandma  Liu ", "138 0013 8000", town.cause())

    await town.use.rosters.assign(chen, town.put(shift, added.person.person_id), town.cause())
    page = await town.use.rosters.look(chen, shift)

    assert [(p.name, p.account, p.phone) for p in page.on] == [("Grandma Liu", False, "138 0013 8000")]


async def test_candidates_are_free_members_who_are_not_on_the_shift(town, chen):
    li, wang = await town.person(2, "Li"), await town.person(3, "Wang")
    shift, clash = await town.shift(chen, places=3), await town.shift(chen, hours=49)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await town.use.shifts.claim(wang, ClaimShift(clash), town.cause())

    page = await town.use.rosters.candidates(chen, shift, 0)

    assert [p.name for p in page.people] == ["Chen Guihua"]


async def test_somebody_taken_off_is_told_who_did_it(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen)
    await town.use.rosters.assign(chen, town.put(shift, li.person_id), town.cause())

    await town.use.rosters.remove(chen, RemovePerson(shift, li.person_id, sure=True), town.cause(), reason="The road")

    assert [(n.kind, n.facts["actor"]) for n in await town.owed()] == [
        ("assigned", chen.person_id),
        ("removed", chen.person_id),
    ]
    assert [n.facts["reason"] for n in await town.owed() if n.kind == "removed"] == ["The road"]


async def test_a_reason_for_taking_somebody_off_stays_in_the_history_and_is_not_endless(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen)
    await town.use.rosters.assign(chen, town.put(shift, li.person_id), town.cause())
    off = RemovePerson(shift, li.person_id, sure=True)

    with pytest.raises(life_errors.ReasonNeeded):
        await town.use.rosters.remove(chen, off, town.cause(), reason="x" * 201)
    await town.use.rosters.remove(chen, off, town.cause(), reason="  The   road ")

    async with town.store.reading() as tx:
        place = next(iter(await tx.assignments.of_shift(shift)))
    assert (place.hold, place.reason) == (Hold.REMOVED, "The road")


async def test_a_stranger_cannot_be_put_on_a_shift_by_a_forged_button(town, chen):
    shift = await town.shift(chen)
    stranger = await town.person(9, group=False)

    with pytest.raises(errors.NotFound):
        await town.use.rosters.assign(chen, town.put(shift, stranger.person_id), town.cause())


async def test_undo_takes_the_whole_batch_back_within_a_minute(town, chen):
    shift = await town.shift(chen)
    async with town.store.reading() as tx:
        batch = (await tx.shifts.one(shift)).batch_id
    town.clock.instant += timedelta(seconds=59)

    undone = await town.use.making.undo(chen, UndoBatch(batch), town.cause())

    assert undone.shifts == 1
    async with town.store.reading() as tx:
        assert await tx.shifts.get(shift) is None


async def test_open_shifts_leave_out_mine_and_whatever_overlaps(town, chen):
    li = await town.person(2)
    mine, clash, free = [await town.shift(chen, hours=h, places=2) for h in (48, 49, 60)]
    far = await town.shift(chen, hours=24 * 8)
    await town.use.shifts.claim(li, ClaimShift(mine), town.cause())

    page = (await town.use.openings.page(li, OpenShifts())).page

    found = [s.shift_id for s in page.slots]
    assert found == [free]
    assert clash not in found
    assert far not in found


async def test_lists_turn_their_pages_and_stay_in_range(town, chen):
    for n in range(8):
        await town.shift(chen, hours=10 + 5 * n)
    li = await town.person(2)

    last = (await town.use.openings.page(li, OpenShifts(page=99))).page

    assert (last.page, last.pages, len(last.slots)) == (1, 2, 2)


async def test_mine_holds_what_is_on_and_what_waits_but_nothing_that_is_over(town, chen):
    li = await town.person(2)
    first, second = await town.shift(chen, hours=2), await town.shift(chen, hours=30)
    await town.use.shifts.claim(li, ClaimShift(first), town.cause())
    await town.use.shifts.claim(chen, ClaimShift(second), town.cause())
    await town.use.shifts.wait(li, JoinWaitlist(second), town.cause())

    now = await town.use.lists.mine(li, MyShifts())
    town.clock.instant += timedelta(hours=7)
    later = await town.use.lists.mine(li, MyShifts())

    assert [(s.shift_id, s.mine) for s in now.slots] == [(first, Hold.ON), (second, Hold.WAITING)]
    assert [s.shift_id for s in later.slots] == [second]
