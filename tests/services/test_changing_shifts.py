"""A coordinator changes a shift that people are on: nobody loses a place, everybody concerned is asked."""

from datetime import date, time, timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.commands import CancelShift, ClaimShift, JoinWaitlist, ReleaseShift
from bot.domain.duty_commands import ConfirmComing
from bot.domain.making_commands import AskAgain, ChangeShift, ReopenShift, RestoreDay, UndoEdit
from bot.domain.policies import CONFIRM_AGAIN, SHIFT_REMINDER
from bot.domain.shifts import ShiftState
from bot.domain.timers import TimerState
from bot.domain.when import Repetition
from bot.services.series import SeriesRequest


@pytest.fixture
async def post(town, chen):
    """A shift in two days from 8 to 12 with room for two, and Li on it."""
    shift_id = await town.shift(chen, places=2)
    await town.use.shifts.claim(await town.reachable(2, "Li"), ClaimShift(shift_id), town.cause())
    return shift_id


async def typed(town, actor, shift_id, text):
    await town.use.editing.begin(actor, ChangeShift(shift_id))
    return await town.use.editing.fill(actor, "what", text)


async def change(town, actor, shift_id, text):
    await typed(town, actor, shift_id, text)
    return await town.use.editing.confirm(actor, town.cause())


async def the_shift(town, shift_id):
    async with town.store.reading() as tx:
        return await tx.shifts.one(shift_id)


async def kinds_owed(town):
    return [(n.person_id, n.kind) for n in await town.owed()]


async def test_a_new_time_asks_those_on_it_and_moves_reminders_and_cards(town, chen, post):
    li = await town.person(2)
    before = await the_shift(town, post)

    done = await change(town, chen, post, "13-17 x3 note: bring gloves")

    after = await the_shift(town, post)
    assert (done.done, done.asked, done.differs) == (True, 1, ("time", "places", "note"))
    assert after.start - before.start == timedelta(hours=5)
    assert (after.capacity, after.note) == (3, "bring gloves")
    assert await town.on(post) == [li.person_id]
    assert await kinds_owed(town) == [(li.person_id, "changed")]
    async with town.store.reading() as tx:
        reminder = await tx.timers.get(f"{post}:{li.person_id}/{SHIFT_REMINDER}/1@19:00")
        assert reminder.facts["start"] == after.start.isoformat()
        assert (await tx.assignments.roster(post)).on[0].unanswered


async def test_more_places_ask_nobody_and_are_offered_along_the_line(town, chen, post):
    wang, zhao = await town.reachable(3), await town.reachable(4)
    await town.use.shifts.claim(wang, ClaimShift(post), town.cause())
    await town.use.shifts.wait(zhao, JoinWaitlist(post), town.cause())

    done = await change(town, chen, post, "x3")

    assert (done.asked, done.differs) == (0, ("places",))
    assert await kinds_owed(town) == [(zhao.person_id, "offered")]


async def test_fewer_places_than_people_is_said_and_not_done(town, chen, post):
    await town.use.shifts.claim(await town.person(3), ClaimShift(post), town.cause())

    form = await typed(town, chen, post, "x1")
    refused = await town.use.editing.confirm(chen, town.cause())

    assert (form.over, form.possible, refused.done) == (2, False, False)
    assert (await the_shift(town, post)).capacity == 2


async def test_whoever_would_be_busy_at_the_new_time_is_named(town, chen, post):
    other = await town.shift(chen, hours=53)
    await town.use.shifts.claim(await town.person(2), ClaimShift(other, sure=True), town.cause())

    form = await typed(town, chen, post, "12:00-16:00")

    assert (form.busy, form.possible) == (("Person 2",), False)


async def test_two_coordinators_at_once_lose_nothing(town, chen, post):
    lin = await town.person(5)
    await town.use.communities.become_coordinator(lin, town.community, town.cause(), admin=True)
    await typed(town, chen, post, "9-13")
    await change(town, lin, post, "x4")
    press = town.cause()

    first = await town.use.editing.confirm(chen, press)
    same = await town.use.editing.confirm(chen, press)
    second = await town.use.editing.confirm(chen, town.cause())

    assert (first.done, first.meanwhile, first.differs) == (False, ("places",), ("time",))
    assert same == first
    assert second.done
    after = await the_shift(town, post)
    assert (after.start.hour, after.capacity) == (9, 4)


async def test_a_change_can_be_taken_back_for_a_minute_but_not_anothers(town, chen, post):
    before = await the_shift(town, post)
    done = await change(town, chen, post, "13-17")
    await change(town, chen, post, "x3")
    with pytest.raises(life_errors.UndoOver):
        await town.use.editing.undo(chen, UndoEdit(post, done.undo_at + 1), town.cause())

    last = await change(town, chen, post, "14-18")
    await town.use.editing.undo(chen, UndoEdit(post, last.undo_at), town.cause())

    after = await the_shift(town, post)
    assert (after.start - before.start, after.capacity) == (timedelta(hours=5), 3)
    with pytest.raises(life_errors.UndoOver):
        await town.use.editing.undo(chen, UndoEdit(post, last.undo_at), town.cause())


async def test_after_a_minute_a_change_stands(town, chen, post):
    done = await change(town, chen, post, "13-17")
    town.clock.instant += timedelta(seconds=61)

    with pytest.raises(life_errors.UndoOver):
        await town.use.editing.undo(chen, UndoEdit(post, done.undo_at), town.cause())


async def test_whoever_does_not_answer_is_asked_again_and_the_coordinator_told(town, chen, post):
    li = await town.person(2)
    await change(town, chen, post, "13-17")
    town.clock.instant += timedelta(hours=25)

    await town.use.rounds.go()

    kinds = await kinds_owed(town)
    assert kinds.count((li.person_id, "changed")) == 2
    assert (chen.person_id, "leads_unanswered") in kinds
    page = await town.use.rosters.look(chen, post)
    assert [p.owes for p in page.on] == [True]


async def test_whoever_said_yes_is_not_asked_again(town, chen, post):
    li = await town.person(2)
    await change(town, chen, post, "13-17")
    await town.use.attendance.confirm(li, ConfirmComing(post), town.cause())

    again = await town.use.editing.ask_again(chen, AskAgain(post), town.cause())
    town.clock.instant += timedelta(hours=25)
    await town.use.rounds.go()

    assert again.people == 0
    assert (await kinds_owed(town)).count((li.person_id, "changed")) == 1
    async with town.store.reading() as tx:
        assert (await tx.timers.get(f"{post}/{CONFIRM_AGAIN}")).state is TimerState.CANCELLED


async def test_a_line_names_the_shift_and_the_change(town, chen, post):
    form = await town.use.editing.begin_typed(chen, "East Gate Thu 8-12 -> Fri 9-13")
    several = await town.use.editing.begin_typed(chen, "")

    assert (form.step, form.differs, form.asked) == ("what", ("time",), 1)
    assert [s.shift_id for s in several.slots] == ([post] if several.slots else [])
    with pytest.raises(life_errors.NoSuchShift):
        await town.use.editing.begin_typed(chen, "East Gate 2026-12-20 8-12 -> 9-13")


async def test_of_several_shifts_one_is_picked_and_the_change_is_kept(town, chen, post):
    await town.shift(chen, hours=52)

    asked = await town.use.editing.begin_typed(chen, "East Gate Thu -> x5")
    form = await town.use.editing.fill(chen, "pick", post)

    assert (asked.step, len(asked.slots)) == ("pick", 2)
    assert (form.slot.shift_id, form.wanted.capacity) == (post, 5)


async def test_what_can_be_a_day_or_hours_is_asked_back(town, chen, post):
    asked = await typed(town, chen, post, "12-16")
    form = await town.use.editing.fill(chen, "which", "1")

    assert asked.part == "12-16"
    assert (form.wanted.start.hour, form.wanted.end.hour) == (12, 16)


async def test_only_coordinators_change_shifts(town, chen, post):
    with pytest.raises(errors.NotAllowed):
        await town.use.editing.begin(await town.person(2), ChangeShift(post))


async def test_another_day_keeps_the_hours_and_another_checkpoint_asks(town, chen, post):
    yard = await town.use.checkpoints.open(chen, town.community, "Yard", town.cause())
    await town.use.editing.begin(chen, ChangeShift(post))
    await town.use.editing.fill(chen, "what", "place")

    unknown = await town.use.editing.fill(chen, "place", "Nowhere")
    await town.use.editing.fill(chen, "place", "Yard")
    form = await town.use.editing.fill(chen, "what", "Sat")
    await town.use.editing.confirm(chen, town.cause())

    assert (unknown.step, unknown.unknown) == ("place", "Nowhere")
    assert form.differs == ("time", "place")
    after = await the_shift(town, post)
    assert (after.checkpoint_id, after.start.hour, after.start.day) == (yard.checkpoint_id, 8, 5)


async def test_whoever_waits_or_is_offered_a_place_hears_that_the_shift_has_moved(town, chen, post):
    await town.use.shifts.claim(await town.person(7), ClaimShift(post), town.cause())
    wang, qian = await town.reachable(8), await town.reachable(9)
    for person in (wang, qian):
        await town.use.shifts.wait(person, JoinWaitlist(post), town.cause())
    await town.use.shifts.release(await town.person(2), ReleaseShift(post, sure=True), town.cause())

    await change(town, chen, post, "13-17")

    assert [n.person_id for n in await town.owed() if n.kind == "offer_moved"] == [wang.person_id]
    assert [n.person_id for n in await town.owed() if n.kind == "wait_moved"] == [qian.person_id]


async def test_whoever_cannot_come_after_a_change_gives_the_place_back(town, chen, post):
    li = await town.person(2)
    await change(town, chen, post, "13-17")

    await town.use.shifts.release(li, ReleaseShift(post, sure=True), town.cause())

    assert await town.on(post) == []


async def test_a_cancelled_shift_takes_place_after_all_with_nobody_on_it(town, chen, post):
    await town.use.shifts.call_off(chen, CancelShift(post, sure=True), town.cause())

    done = await town.use.editing.reopen(chen, ReopenShift(post), town.cause())

    assert (await town.person(2)).person_id in [n.person_id for n in await town.owed() if n.kind == "place_back"]
    assert (done.slot.cancelled, await town.on(post)) == (False, [])
    await town.use.shifts.claim(await town.person(2), ClaimShift(post), town.cause())
    with pytest.raises(errors.NotAllowed):
        await town.use.editing.reopen(await town.person(2), ReopenShift(post), town.cause())
    town.clock.instant += timedelta(days=3)
    with pytest.raises(errors.ShiftStarted):
        await town.use.editing.reopen(chen, ReopenShift(post), town.cause())


async def test_a_shift_on_a_day_that_is_left_out_comes_back_with_its_day(town, chen):
    request = SeriesRequest(
        checkpoint_id=town.gate,
        repetition=Repetition(frozenset(range(7))),
        hours=((time(8), time(12)),),
        needed=1,
        capacity=1,
    )
    made = await town.use.series.make(chen, request, town.cause())
    async with town.store.reading() as tx:
        shift = (await tx.shifts.of_series(made.series.series_id, date(2026, 12, 4), date(2026, 12, 5)))[0]
    await town.use.calling_off.begin(chen, line="East Gate 12-04 storm")
    await town.use.calling_off.call_off(chen, town.cause())

    with pytest.raises(errors.DayLeftOut):
        await town.use.editing.reopen(chen, ReopenShift(shift.id), town.cause())
    await town.use.series.restore(chen, RestoreDay(made.series.series_id, "2026-12-04"), town.cause())

    assert (await the_shift(town, shift.id)).state is ShiftState.OPEN
