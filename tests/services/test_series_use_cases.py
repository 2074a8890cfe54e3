"""Shifts that come again, through the services and the store."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.commands import ClaimShift
from bot.domain.ids import SeriesId
from bot.domain.making_commands import EndSeries, RestoreDay, SeriesList, UndoSeries
from bot.domain.policies import GENERATE
from bot.domain.shifts import ShiftState
from bot.domain.timers import TimerState
from bot.domain.when import Repetition
from bot.services.series import SeriesRequest

MORNING = (time(8), time(12))
DAILY = Repetition(frozenset(range(7)))


@pytest.fixture
def ask(town, chen):
    """Begins a series at the gate."""

    async def ask(*hours, repetition=DAILY, cause=None, **more):
        request = SeriesRequest(
            checkpoint_id=town.gate, repetition=repetition, hours=hours or (MORNING,), needed=1, capacity=2, **more
        )
        return await town.use.series.make(chen, request, cause or town.cause())

    return ask


async def shifts_of(town, series_id):
    async with town.store.reading() as tx:
        found = await tx.shifts.of_series(series_id, date(2026, 1, 1), date(2028, 1, 1))
    return [s for s in found if s.state is ShiftState.OPEN]


async def test_a_series_makes_three_weeks_at_once_and_the_same_press_twice_makes_it_once(town, ask):
    first = await ask(MORNING, (time(22), time(6)), cause="press x")
    again = await ask(MORNING, (time(22), time(6)), cause="press x")

    assert first == again
    assert len(await shifts_of(town, first.series.series_id)) == len(first.spans)
    # It is eight in the morning of the first day: that day's morning has begun already.
    assert len(first.spans) == 21 * 2 - 1
    assert {s.end - s.start for s in await shifts_of(town, first.series.series_id)} == {
        timedelta(hours=4),
        timedelta(hours=8),
    }


async def test_every_second_saturday_starts_with_the_next_one(town, ask):
    made = await ask(repetition=Repetition(frozenset({5}), 2))

    assert [start.date() for start, _ in made.spans] == [date(2026, 12, 5), date(2026, 12, 19)]


async def test_a_shift_made_by_hand_is_not_made_twice(town, chen, ask):
    await town.shift(chen, hours=24)

    made = await ask()

    assert made.existing == 1
    assert len(made.spans) == 19


async def test_a_series_can_be_taken_back_for_a_minute_while_nobody_claimed(town, chen, ask):
    made = await ask()
    undo = UndoSeries(SeriesId(made.series.series_id))
    li = await town.person(2)
    shift = (await shifts_of(town, made.series.series_id))[0]
    await town.use.shifts.claim(li, ClaimShift(shift.id), town.cause())

    with pytest.raises(errors.SomebodyClaimed):
        await town.use.series.undo(chen, undo, town.cause())
    with pytest.raises(errors.NotAllowed):
        await town.use.series.undo(li, undo, town.cause())
    town.clock.instant += timedelta(seconds=61)
    with pytest.raises(errors.TooLateToUndo):
        await town.use.series.undo(chen, undo, town.cause())


async def test_taking_a_series_back_takes_everything_back(town, chen, ask):
    made = await ask()

    undone = await town.use.series.undo(chen, UndoSeries(SeriesId(made.series.series_id)), town.cause())

    assert undone.shifts == len(made.spans)
    assert await shifts_of(town, made.series.series_id) == []
    assert (await town.use.series.page(chen, SeriesList())).series == ()


async def test_the_night_makes_one_day_more_and_a_second_look_nothing(town, ask):
    made = await ask()
    await town.use.rounds.go()
    town.clock.instant += timedelta(days=1)

    await town.use.rounds.go()
    after_one_night = len(await shifts_of(town, made.series.series_id))
    await town.use.rounds.go()

    assert after_one_night == len(made.spans) + 1
    assert len(await shifts_of(town, made.series.series_id)) == after_one_night
    async with town.store.reading() as tx:
        done = await tx.timers.ended_before(TimerState.DONE, town.clock.now() + timedelta(days=1), 100)
        assert [t.reason for t in done if t.kind == GENERATE] == [""]


async def test_ending_a_series_keeps_what_was_made_or_calls_it_off_and_tells_the_people(town, chen, ask):
    li = await town.person(2)
    keeps, goes = await ask(), await ask((time(14), time(18)))
    for series in (keeps, goes):
        shift = (await shifts_of(town, series.series.series_id))[2]
        await town.use.shifts.claim(li, ClaimShift(shift.id), town.cause())

    asked = await town.use.series.end(chen, EndSeries(SeriesId(goes.series.series_id), off=True), town.cause())
    assert (asked.done, asked.people) == (False, 1)
    await town.use.series.end(chen, EndSeries(SeriesId(keeps.series.series_id), sure=True), town.cause())
    await town.use.series.end(chen, EndSeries(SeriesId(goes.series.series_id), off=True, sure=True), town.cause())

    assert len(await shifts_of(town, keeps.series.series_id)) == len(keeps.spans)
    assert [s.start.date() for s in await shifts_of(town, goes.series.series_id)] == [date(2026, 12, 1)]
    assert [n.kind for n in await town.owed()] == ["cancelled"]
    with pytest.raises(life_errors.SeriesOver):
        await town.use.series.end(chen, EndSeries(SeriesId(goes.series.series_id), sure=True), town.cause())


async def test_a_day_called_off_tells_everybody_why_and_the_night_does_not_make_it_again(town, chen, ask):
    li, wang = await town.person(2), await town.person(3)
    made = await ask()
    by_hand = await town.shift(chen, hours=30)
    shift = next(s for s in await shifts_of(town, made.series.series_id) if s.day == date(2026, 12, 2))
    await town.use.shifts.claim(li, ClaimShift(shift.id), town.cause())
    await town.use.shifts.claim(wang, ClaimShift(by_hand), town.cause())

    form = await town.use.calling_off.begin(chen, line="East Gate 12-02 storm warning")
    assert (form.form.step, form.said.shifts, form.said.people) == ("preview", 2, 2)
    await town.use.calling_off.call_off(chen, "press x")
    await town.use.calling_off.call_off(chen, "press x")
    await town.use.rounds.go()

    assert date(2026, 12, 2) not in [s.day for s in await shifts_of(town, made.series.series_id)]
    assert [(n.kind, n.facts["reason"]) for n in await town.owed()] == [("cancelled", "storm warning")] * 2
    looked = await town.use.series.look(chen, SeriesId(made.series.series_id))
    assert looked.skipped == ((date(2026, 12, 2), "storm warning"),)


async def test_a_day_brought_back_has_its_shifts_again_with_nobody_on_them(town, chen, ask):
    made = await ask()
    await town.use.calling_off.begin(chen, line="12-02 storm")
    await town.use.calling_off.call_off(chen, town.cause())

    looked = await town.use.series.restore(
        chen, RestoreDay(SeriesId(made.series.series_id), "2026-12-02"), town.cause()
    )

    assert looked.skipped == ()
    assert len(await shifts_of(town, made.series.series_id)) == len(made.spans)
    with pytest.raises(errors.NotFound):
        await town.use.series.restore(chen, RestoreDay(SeriesId(made.series.series_id), "soon"), town.cause())


async def test_only_coordinators_see_and_make_series(town, chen, ask):
    li = await town.person(2)
    made = await ask()

    for attempt in (
        town.use.series.page(li, SeriesList()),
        town.use.series.look(li, SeriesId(made.series.series_id)),
        town.use.series_planning.begin(li),
        town.use.calling_off.begin(li),
    ):
        with pytest.raises(errors.NotAllowed):
            await attempt


async def test_a_series_whose_line_says_all_goes_straight_to_its_preview(town, chen):
    form = await town.use.series_planning.begin(chen, line="East Gate weekdays 8-12, 22-06 from 12-07 until 12-20 x3")

    assert form.form.step == "preview"
    assert form.planned.series.weekdays == (0, 1, 2, 3, 4)
    assert (form.first, form.until) == (date(2026, 12, 7), date(2026, 12, 20))
    assert len(form.planned.spans) == 20


async def test_the_form_asks_what_the_line_left_open_and_goes_back(town, chen):
    form = await town.use.series_planning.begin(chen, line="East Gate every Sat")
    assert form.form.step == "hours"

    form = await town.use.series_planning.fill(chen, "hours", "8-12")
    assert form.form.step == "places"
    form = await town.use.series_planning.fill(chen, "places", "2")
    assert form.form.step == "preview"
    form = await town.use.series_planning.fill(chen, "preview", "until")
    assert form.form.step == "until"
    form = await town.use.series_planning.back(chen)
    assert form.form.step == "preview"
    form = await town.use.series_planning.back(chen)
    assert form.form.step == "places"


async def test_the_group_gets_cards_for_the_next_week_and_every_night_one_more(town, ask):
    await ask()
    days = {date(2026, 12, 1) + timedelta(days=n) for n in range(30)}

    async def cards():
        async with town.store.reading() as tx:
            return [day for day in sorted(days) if await tx.cards.of_day(town.gate, day)]

    first = await cards()
    await town.use.rounds.go()
    town.clock.instant += timedelta(days=1)
    await town.use.rounds.go()

    assert first[-1] == date(2026, 12, 7)
    assert (await cards())[-1] == date(2026, 12, 8)


async def test_people_whose_series_moves_with_the_clocks_are_asked_and_nobody_reads_of_a_cancellation(town, chen, ask):
    li = await town.person(2)
    made = await ask()
    shift = (await shifts_of(town, made.series.series_id))[2]
    await town.use.shifts.claim(li, ClaimShift(shift.id), town.cause())
    await town.use.rounds.go()
    async with town.store.transaction() as tx:
        community = await tx.communities.one(town.community)
        await tx.communities.save(replace(community, zone="Asia/Kathmandu"))

    town.clock.instant += timedelta(days=1)
    await town.use.rounds.go()

    assert [n.kind for n in await town.owed()] == ["changed"]
    assert await town.on(shift.id) == [li.person_id]
