"""A week is copied into another: what is there already stays, and nobody is on the copies."""

from datetime import date, time, timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.commands import ClaimShift, UndoBatch
from bot.domain.ids import BatchId
from bot.domain.making_commands import CopyWeek
from bot.domain.when import NotUnderstood, Repetition
from bot.domain.when.weeks import parse_weeks
from bot.services.series import SeriesRequest

THIS, NEXT = "2026-11-30", "2026-12-07"


@pytest.fixture
async def week(town, chen):
    """Two shifts this week (Thursday and Friday), Li on the first."""
    first, second = await town.shift(chen), await town.shift(chen, hours=72)
    await town.use.shifts.claim(await town.person(2), ClaimShift(first), town.cause())
    return first, second


async def shifts_from(town, day):
    async with town.store.reading() as tx:
        begin = town.clock.now().replace(day=day, hour=0)
        return await tx.shifts.of_community(town.community, begin, begin + timedelta(days=7))


async def test_a_week_is_asked_for_shown_and_copied_once(town, chen, week):
    copy = CopyWeek(town.community, THIS, NEXT)
    press = town.cause()

    which = await town.use.copying.copy(chen, CopyWeek(), town.cause())
    into = await town.use.copying.copy(chen, CopyWeek(town.community, THIS), town.cause())
    preview = await town.use.copying.copy(chen, copy, town.cause())
    assert await shifts_from(town, 7) == []
    done = await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT, sure=True), press)
    same = await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT, sure=True), press)

    assert (which.step, which.this, into.step) == ("week", date(2026, 11, 30), "to")
    assert (preview.step, len(preview.shifts)) == ("preview", 2)
    assert (done.step, same) == ("done", done)
    made = await shifts_from(town, 7)
    assert [(s.start.day, s.start.hour) for s in made] == [(10, 8), (11, 8)]
    assert [await town.on(s.id) for s in made] == [[], []]


async def test_what_is_there_already_is_left_alone(town, chen, week):
    await town.shift(chen, hours=48 + 168)

    done = await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT, sure=True), town.cause())
    with pytest.raises(errors.NothingToMake):
        await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT, sure=True), town.cause())
    again = await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT), town.cause())

    assert (len(done.shifts), done.existing) == (1, 1)
    assert (again.shifts, again.existing) == ((), 2)


async def test_series_make_their_own(town, chen, week):
    request = SeriesRequest(
        checkpoint_id=town.gate,
        repetition=Repetition(frozenset({5})),
        hours=((time(8), time(12)),),
        needed=1,
        capacity=1,
    )
    await town.use.series.make(chen, request, town.cause())

    preview = await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT), town.cause())

    assert (len(preview.shifts), preview.series) == (2, 1)


async def test_a_copy_is_taken_back_within_a_minute(town, chen, week):
    done = await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT, sure=True), town.cause())

    undone = await town.use.making.undo(chen, UndoBatch(BatchId(done.batch_id)), town.cause())

    assert undone.shifts == 2
    assert await shifts_from(town, 7) == []


async def test_an_empty_week_says_that_there_is_nothing(town, chen):
    preview = await town.use.copying.copy(chen, CopyWeek(town.community, THIS, NEXT), town.cause())

    assert (preview.shifts, preview.batch_id) == ((), "")


async def test_a_line_names_both_weeks(town, chen, week):
    preview = await town.use.copying.typed(chen, "this week -> next week")

    assert (preview.step, preview.to, len(preview.shifts)) == ("preview", date(2026, 12, 7), 2)
    assert parse_weeks("上周 -> 12-16", today=date(2026, 12, 1)) == (date(2026, 11, 23), date(2026, 12, 14))
    assert parse_weeks("next week", today=date(2026, 12, 1)) == (date(2026, 11, 30), date(2026, 12, 7))
    with pytest.raises(NotUnderstood):
        await town.use.copying.typed(chen, "some week")


async def test_strangers_and_crooked_buttons_are_refused(town, chen, week):
    with pytest.raises(errors.NotAllowed):
        await town.use.copying.copy(await town.person(2), CopyWeek(), town.cause())
    for monday, to in ((THIS, THIS), ("2026-12-01", NEXT), ("x", NEXT)):
        with pytest.raises(life_errors.PeriodInvalid):
            await town.use.copying.copy(chen, CopyWeek(town.community, monday, to), town.cause())
