"""A series is changed from a day on: its shifts follow, and whoever is on them keeps the place."""

from datetime import date, time, timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.commands import ClaimShift
from bot.domain.ids import SeriesId
from bot.domain.making_commands import ChangeSeries, ChangeShift, EndSeries
from bot.domain.notices import NoticeState
from bot.domain.shifts import ShiftState
from bot.domain.standing_commands import CommitTo
from bot.domain.when import Repetition
from bot.recurrence import Rules
from bot.services.commitment_notices import look_up_commitment
from bot.services.desk import Desk
from bot.services.series import SeriesRequest
from tests.services.conftest import NumberedIds

DAILY = Repetition(frozenset(range(7)))
DAY = timedelta(days=1)


@pytest.fixture
async def series(town, chen):
    """A series at the gate, daily 8-12 and 12-16 with room for two; the first morning has begun."""
    request = SeriesRequest(
        checkpoint_id=town.gate,
        repetition=DAILY,
        hours=((time(8), time(12)), (time(12), time(16))),
        needed=1,
        capacity=2,
    )
    return SeriesId((await town.use.series.make(chen, request, town.cause())).series.series_id)


async def shifts_of(town, series_id, *, state=ShiftState.OPEN):
    async with town.store.reading() as tx:
        found = await tx.shifts.of_series(series_id, date(2026, 1, 1), date(2028, 1, 1))
    return [s for s in found if s.state is state]


async def change(town, actor, series_id, text, *, day=""):
    await town.use.series_editing.begin(actor, ChangeSeries(series_id, day))
    form = await town.use.series_editing.fill(actor, "what", text)
    return form, await town.use.series_editing.confirm(actor, town.cause())


async def of_day(town, series_id, day):
    return [s for s in await shifts_of(town, series_id) if s.day == day]


async def test_this_and_all_following_get_other_hours_and_keep_their_people(town, chen, series):
    li = await town.reachable(2, "Li")
    before, after = date(2026, 12, 3), date(2026, 12, 7)
    for day in (before, after):
        shift = (await of_day(town, series, day))[0]
        await town.use.shifts.claim(li, ClaimShift(shift.id), town.cause())

    form, done = await change(town, chen, series, "9-13, 13-17", day=date(2026, 12, 5).isoformat())

    days = 21 - 4
    assert (form.moved, form.asked, form.made, form.off) == (days * 2, 1, 0, 0)
    assert done.done
    assert [(s.start.hour, s.end.hour) for s in await of_day(town, series, before)] == [(8, 12), (12, 16)]
    moved = await of_day(town, series, after)
    assert [(s.start.hour, s.end.hour) for s in moved] == [(9, 13), (13, 17)]
    assert await town.on(moved[0].id) == [li.person_id]
    assert [(n.kind, n.person_id) for n in await town.owed()] == [("changed", li.person_id)]


async def test_all_that_is_still_to_come_changes_and_what_has_begun_stays(town, chen, series):
    form, _ = await change(town, chen, series, "9-13, 13-17 x3")

    shifts = await shifts_of(town, series)
    assert (form.moved, form.made) == (len(shifts) - 1, 1)  # nine is still to come, and eight was not
    assert {s.capacity for s in shifts} == {3}


async def test_somebody_with_two_shifts_in_a_row_follows_with_both(town, chen, series):
    li = await town.reachable(2, "Li")
    first, second = await of_day(town, series, date(2026, 12, 4))
    await town.use.shifts.claim(li, ClaimShift(first.id), town.cause())
    await town.use.shifts.claim(li, ClaimShift(second.id, sure=True), town.cause())

    form, _ = await change(town, chen, series, "9-13, 13-17")

    assert form.stuck == ()
    moved = await of_day(town, series, date(2026, 12, 4))
    assert [await town.on(s.id) for s in moved] == [[li.person_id]] * 2


async def test_shifts_that_cannot_follow_are_shown_and_stay(town, chen, series):
    for account in (2, 3):
        shift = (await of_day(town, series, date(2026, 12, 4)))[0]
        await town.use.shifts.claim(await town.reachable(account), ClaimShift(shift.id), town.cause())

    form, _ = await change(town, chen, series, "x1")

    assert [(s.start.day, s.why, s.people) for s in form.stuck] == [(4, "places", 2)]
    assert {s.capacity for s in await of_day(town, series, date(2026, 12, 4))} == {2, 1}


async def test_busy_elsewhere_at_the_new_time_is_shown(town, chen, series):
    li = await town.reachable(2)
    afternoon = (await of_day(town, series, date(2026, 12, 4)))[1]
    await town.use.shifts.claim(li, ClaimShift(afternoon.id), town.cause())
    yard = await town.use.checkpoints.open(chen, town.community, "Yard", town.cause())
    evening = await town.shift(chen, hours=24 * 3 + 9, gate=yard.checkpoint_id)
    await town.use.shifts.claim(li, ClaimShift(evening, sure=True), town.cause())

    form, _ = await change(town, chen, series, "8-12, 14:00-18:00")

    assert [(s.start.day, s.why) for s in form.stuck] == [(4, "busy")]


async def test_days_that_are_left_out_are_called_off_and_new_ones_made(town, chen, series):
    li = await town.reachable(2)
    sunday = (await of_day(town, series, date(2026, 12, 6)))[0]
    await town.use.shifts.claim(li, ClaimShift(sunday.id), town.cause())

    form, _ = await change(town, chen, series, "weekdays 8-12, 12-16, 16-20")

    assert (form.off, form.told) == (2 * 6, 1)
    assert form.made == 15
    assert [(n.kind, n.person_id) for n in await town.owed()] == [("cancelled", li.person_id)]


async def test_two_coordinators_see_each_others_change(town, chen, series):
    lin = await town.person(5)
    await town.use.communities.become_coordinator(lin, town.community, town.cause(), admin=True)
    await town.use.series_editing.begin(chen, ChangeSeries(series))
    await town.use.series_editing.fill(chen, "what", "x3")
    await change(town, lin, series, "9-13, 13-17")
    press = town.cause()

    first = await town.use.series_editing.confirm(chen, press)
    same = await town.use.series_editing.confirm(chen, press)
    second = await town.use.series_editing.confirm(chen, town.cause())

    assert (first.done, first.meanwhile, same == first) == (False, True, True)
    assert second.done
    assert {(s.start.hour, s.capacity) for s in await of_day(town, series, date(2026, 12, 4))} == {(9, 3), (13, 3)}


async def test_a_shift_changed_by_itself_is_passed_by(town, chen, series):
    shift = (await of_day(town, series, date(2026, 12, 4)))[0]
    await town.use.editing.begin(chen, ChangeShift(shift.id))
    alone = await town.use.editing.fill(chen, "what", "7-11")
    await town.use.editing.confirm(chen, town.cause())

    await change(town, chen, series, "9-13, 13-17")

    assert (alone.series_id, alone.day) == (series, "2026-12-04")
    assert [s.start.hour for s in await of_day(town, series, date(2026, 12, 4))] == [7, 13]


async def test_every_second_week_goes_on_from_where_it_was(town, chen):
    request = SeriesRequest(
        checkpoint_id=town.gate,
        repetition=Repetition(frozenset({5}), 2),
        hours=((time(8), time(12)),),
        needed=1,
        capacity=1,
    )
    made = await town.use.series.make(chen, request, town.cause())
    series_id = SeriesId(made.series.series_id)

    form, _ = await change(town, chen, series_id, "9-13", day="2026-12-10")

    assert [s.day.day for s in await shifts_of(town, series_id)] == [5, 19]
    assert (form.moved, form.made, form.off) == (1, 0, 0)


async def test_a_line_finds_its_series_or_asks_which(town, chen, series):
    form = await town.use.series_editing.begin_typed(chen, "East Gate weekdays x3 from 12-07")
    request = SeriesRequest(
        checkpoint_id=town.gate, repetition=DAILY, hours=((time(20), time(22)),), needed=1, capacity=1
    )
    await town.use.series.make(chen, request, town.cause())

    which = await town.use.series_editing.begin_typed(chen, "East Gate x3")
    picked = await town.use.series_editing.fill(chen, "pick", series)

    assert (form.step, form.from_day, form.then.capacity) == ("what", date(2026, 12, 7), 3)
    assert (which.step, len(which.series)) == ("pick", 2)
    assert (picked.now.series_id, picked.differs) == (series, True)


async def test_a_later_change_that_would_be_dropped_is_said(town, chen, series):
    await change(town, chen, series, "x3", day="2026-12-10")

    form, _ = await change(town, chen, series, "9-13, 13-17")

    assert form.drops == date(2026, 12, 10)


async def test_nothing_wanted_changes_nothing(town, chen, series):
    form, refused = await change(town, chen, series, "8-12, 12-16")

    assert (form.differs, refused.done) == (False, False)


async def test_only_coordinators_and_only_while_it_runs(town, chen, series):
    with pytest.raises(errors.NotAllowed):
        await town.use.series_editing.begin(await town.person(2), ChangeSeries(series))
    await town.use.series.end(chen, EndSeries(series, sure=True), town.cause())
    with pytest.raises(life_errors.SeriesOver):
        await town.use.series_editing.begin(chen, ChangeSeries(series))


async def test_whoever_is_committed_is_told_when_their_hours_move_or_are_dropped(town, chen, series):
    li, wang = await town.reachable(2, "Li"), await town.reachable(3, "Wang")
    morning, noon = await of_day(town, series, date(2026, 12, 7))
    for person, shift in ((li, morning), (wang, noon)):
        await town.use.shifts.claim(person, ClaimShift(shift.id), town.cause())
        await town.use.commitments.commit(person, CommitTo(shift.id, "a"), town.cause())

    await change(town, chen, series, "9-13, 12-16")
    moved = [n for n in await town.owed() if n.kind == "commitment_touched"]
    await change(town, chen, series, "9-13")

    told = [n for n in await town.owed() if n.kind == "commitment_touched"]
    assert [(n.person_id, n.facts["before"], n.facts["after"]) for n in moved] == [
        (li.person_id, "08:00-12:00", "09:00-13:00")
    ]
    assert [(n.person_id, n.facts["after"]) for n in told[1:]] == [(wang.person_id, "")]


async def test_a_notice_of_moved_hours_says_nothing_once_they_moved_again(town, chen, series):
    li = await town.reachable(2, "Li")
    morning = (await of_day(town, series, date(2026, 12, 7)))[0]
    await town.use.shifts.claim(li, ClaimShift(morning.id), town.cause())
    await town.use.commitments.commit(li, CommitTo(morning.id, "a"), town.cause())

    await change(town, chen, series, "9-13, 12-16")
    await change(town, chen, series, "7-11, 12-16")

    desk = Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())
    async with desk.reading() as view:
        notices = [
            n for n in await view.tx.notices.in_state(NoticeState.PENDING, 100) if n.kind == "commitment_touched"
        ]
        said = [await look_up_commitment(view, n) for n in notices]
    assert [s and (s.place, s.before, s.after) for s in said] == [None, ("East Gate", "09:00-13:00", "07:00-11:00")]
