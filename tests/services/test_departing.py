"""Somebody leaves the group: nothing is freed before a coordinator says so."""

import pytest

from bot.domain import errors
from bot.domain.assignments import Hold
from bot.domain.commands import ClaimShift, JoinWaitlist
from bot.domain.getting_commands import FreePlaces, KeepPlaces


async def li_left(town, chief):
    """Li is on three shifts, one of them under way, and leaves the group; Wang waits for the second."""
    li, wang = await town.reachable(2, "Li"), await town.reachable(3, "Wang")
    shifts = [await town.shift(chief, hours=h) for h in (1, 30, 60)]
    for shift in shifts:
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await town.use.shifts.wait(wang, JoinWaitlist(shifts[1]), town.cause())
    town.clock.instant = town.clock.instant.replace(hour=town.clock.instant.hour + 2)
    await town.use.people.left(2, town.chat_id)
    return li, wang, shifts


async def test_nothing_is_freed_before_a_coordinator_says_so_and_then_all_that_has_not_begun(town, chen):
    li, wang, (running, near, far) = await li_left(town, chen)
    assert [await town.on(s) for s in (running, near, far)] == [[li.person_id]] * 3

    done = await town.use.departures.free(chen, FreePlaces(town.community, li.person_id), town.cause())

    assert (done.what, done.name, done.places) == ("freed", "Li", 2)
    assert [await town.on(s) for s in (running, near, far)] == [[li.person_id], [], []]
    assert [n.person_id for n in await town.owed() if n.kind == "offered"] == [wang.person_id]
    async with town.store.reading() as tx:
        held = await tx.assignments.of_shift(far)
    assert [(a.hold, a.reason) for a in held] == [(Hold.REMOVED, "@left")]
    again = await town.use.departures.free(chen, FreePlaces(town.community, li.person_id), town.cause())
    assert again.what == "nothing"


async def test_whoever_is_back_before_the_answer_keeps_everything(town, chen):
    li, _, shifts = await li_left(town, chen)
    await town.person(2, "Li")

    done = await town.use.departures.free(chen, FreePlaces(town.community, li.person_id), town.cause())

    assert done.what == "back"
    assert [await town.on(s) for s in shifts] == [[li.person_id]] * 3


async def test_whoever_still_comes_stays_on_their_shifts(town, chen):
    li, _, shifts = await li_left(town, chen)

    done = await town.use.departures.keep(chen, KeepPlaces(town.community, li.person_id))

    assert (done.what, done.places) == ("kept", 2)
    assert [await town.on(s) for s in shifts] == [[li.person_id]] * 3


async def test_only_a_coordinator_frees_them_and_the_same_press_twice_frees_once(town, chen):
    li, wang, _ = await li_left(town, chen)
    with pytest.raises(errors.NotAllowed):
        await town.use.departures.free(wang, FreePlaces(town.community, li.person_id), town.cause())
    with pytest.raises(errors.NotAllowed):
        await town.use.departures.keep(wang, KeepPlaces(town.community, li.person_id))

    first = await town.use.departures.free(chen, FreePlaces(town.community, li.person_id), "press x")

    assert await town.use.departures.free(chen, FreePlaces(town.community, li.person_id), "press x") == first
