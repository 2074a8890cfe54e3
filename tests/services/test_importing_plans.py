"""A plan is imported whole or not at all, after it was shown."""

from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain.commands import UndoBatch
from bot.domain.ids import BatchId

HEAD = ["Date", "Start", "End", "Checkpoint", "Max", "Note"]
MORNING = ["2026-12-03", "08:00", "12:00", "East Gate", "2", "bring a torch"]
NIGHT = ["2026-12-03", "22:00", "06:00", "East Gate", "1", ""]


async def all_shifts(town):
    async with town.store.reading() as tx:
        return await tx.shifts.of_community(town.community, town.clock.now(), town.clock.now() + timedelta(days=30))


async def test_a_plan_is_shown_then_made_once_and_can_be_taken_back(town, chen):
    press = town.cause()
    preview = await town.use.importing.check(chen, [HEAD, MORNING, NIGHT])
    assert await all_shifts(town) == []

    again = await town.use.importing.show(chen)
    done = await town.use.importing.make(chen, press)
    same = await town.use.importing.make(chen, press)

    assert (preview.step, len(preview.shifts), again) == ("preview", 2, preview)
    assert (done.step, same) == ("done", done)
    made = await all_shifts(town)
    assert [(s.capacity, s.note) for s in made] == [(2, "bring a torch"), (1, "")]
    undone = await town.use.making.undo(chen, UndoBatch(BatchId(done.batch_id)), town.cause())
    assert (undone.shifts, await all_shifts(town)) == (2, [])


async def test_one_bad_row_and_nothing_can_be_made(town, chen):
    checked = await town.use.importing.check(chen, [HEAD, MORNING, ["soon", *NIGHT[1:]]])

    assert [(b.row, b.expected) for b in checked.bad] == [(3, "day")]
    assert checked.places == ("East Gate",)
    with pytest.raises(errors.DraftGone):
        await town.use.importing.make(chen, town.cause())


async def test_what_is_there_already_is_left_alone_also_if_it_came_meanwhile(town, chen):
    await town.use.importing.check(chen, [HEAD, MORNING, NIGHT])
    await town.shift(chen, hours=48)

    done = await town.use.importing.make(chen, town.cause())
    again = await town.use.importing.check(chen, [HEAD, MORNING, NIGHT])

    assert (len(done.shifts), done.existing) == (1, 1)
    assert (again.shifts, again.existing) == ((), 2)
    with pytest.raises(errors.NothingToMake):
        await town.use.importing.make(chen, town.cause())


async def test_only_coordinators_import(town, chen):
    with pytest.raises(errors.NotAllowed):
        await town.use.importing.check(await town.person(2), [HEAD, MORNING])
    with pytest.raises(errors.NotAllowed):
        await town.use.importing.places(await town.person(2))


async def test_a_plan_stays_within_one_community(town, chen):
    other = await town.found(chen, chat_id=-200, title="Mill Lane")
    await town.use.checkpoints.open(chen, other, "Yard", town.cause())

    checked = await town.use.importing.check(chen, [HEAD, MORNING, [*NIGHT[:3], "Yard", "1", ""]])

    assert [(b.row, b.column) for b in checked.bad] == [(3, "place")]
