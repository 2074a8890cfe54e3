"""Several shifts in one go: what can be had is had, the rest is named with its reason, and for a minute it can be undone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain import life_errors as le
from bot.domain.commands import ClaimShift
from bot.domain.roles import ShiftRole
from bot.domain.rule_commands import TakeSeveral
from tests.services.test_taking_by_the_rules import agree


async def marked(town, who, *shifts):
    form = await town.use.several.begin(who, TakeSeveral())
    for shift in shifts:
        form = await town.use.several.fill(who, "pick", shift)
    return form


def ids(slots):
    return [slot.shift_id for slot in slots]


async def test_marked_shifts_are_taken_together_and_marks_can_be_taken_away(town, chen):
    li = await town.person(2)
    first, second, third = [await town.shift(chen, hours=h) for h in (24, 48, 72)]
    form = await marked(town, li, first, third, second, third)

    taken, whys = await town.use.several.take(li, town.cause())

    assert ids(form.chosen) == [first, second]
    assert (ids(taken.got), taken.missed, taken.tired, whys) == ([first, second], (), (), {})
    assert [await town.on(s) for s in (first, second, third)] == [[li.person_id], [li.person_id], []]


async def test_what_cannot_be_had_by_then_is_named_with_its_reason_and_the_rest_is_taken(town, chen):
    await agree(town, most_a_week=2)
    li = await town.person(2)
    first, gone, third, fourth = [await town.shift(chen, hours=h) for h in (16, 40, 64, 88)]
    await marked(town, li, first, gone, third, fourth)
    await town.use.shifts.claim(chen, ClaimShift(gone), town.cause())

    taken, whys = await town.use.several.take(li, town.cause())

    assert (ids(taken.got), ids(taken.missed)) == ([first, third], [gone, fourth])
    assert {id_: type(why) for id_, why in whys.items()} == {gone: errors.ShiftFull, fourth: le.WeekFull}


async def test_two_that_overlap_cannot_both_be_marked(town, chen):
    li = await town.person(2)
    first, clash = await town.shift(chen, hours=24), await town.shift(chen, hours=26)
    await marked(town, li, first)

    with pytest.raises(errors.ShiftOverlaps):
        await town.use.several.fill(li, "pick", clash)
    assert ids((await town.use.several.show(li)).chosen) == [first]


async def test_too_little_rest_between_two_of_them_is_asked_about_once(town, chen):
    li = await town.person(2)
    first, near = await town.shift(chen, hours=24), await town.shift(chen, hours=34)
    await marked(town, li, first, near)

    taken, whys = await town.use.several.take(li, town.cause())
    assert (ids(taken.got), ids(taken.tired)) == ([first], [near])
    assert isinstance(whys[near], le.RestTooShort)
    sure, _ = await town.use.several.take(li, town.cause())
    assert ids(sure.got) == [near]

    back = await town.use.several.undo(li, town.cause())
    assert ids(back.undone) == [first, near]


async def test_undo_works_for_a_minute(town, chen):
    li = await town.person(2)
    first, second = await town.shift(chen, hours=24), await town.shift(chen, hours=48)
    await marked(town, li, first, second)
    await town.use.several.take(li, town.cause())
    town.clock.instant += timedelta(seconds=61)

    with pytest.raises(le.UndoOver):
        await town.use.several.undo(li, town.cause())
    assert await town.on(first) == [li.person_id]


async def test_a_press_that_comes_twice_takes_once_and_gives_the_same_answer(town, chen):
    li = await town.person(2)
    first, gone = await town.shift(chen, hours=24), await town.shift(chen, hours=48)
    await marked(town, li, first, gone)
    await town.use.shifts.claim(chen, ClaimShift(gone), town.cause())

    answers = [await town.use.several.take(li, "press x") for _ in range(2)]

    assert answers[0][0] == answers[1][0]
    assert type(answers[1][1][gone]) is errors.ShiftFull
    undone = [await town.use.several.undo(li, "press y") for _ in range(2)]
    assert ids(undone[0].undone) == ids(undone[1].undone) == [first]


async def test_a_shift_with_several_roles_is_claimed_by_itself(town, chen):
    li = await town.person(2)
    plain, divided = await town.shift(chen, hours=24), await town.shift(chen, hours=48)
    desk, gate = (ShiftRole(key=k, name=k, needed=1, capacity=1) for k in ("desk", "gate"))
    async with town.store.transaction() as tx:
        shift = await tx.shifts.one(divided)
        await tx.shifts.save(replace(shift, roles=(desk, gate), needed=2, capacity=2))

    form = await town.use.several.begin(li, TakeSeveral())

    assert (ids(form.slots), form.choose) == ([plain], 1)


async def test_an_old_list_and_nothing_marked_take_nothing(town, chen):
    li = await town.person(2)
    with pytest.raises(errors.DraftGone):
        await town.use.several.fill(li, "pick", "s")
    await town.use.several.begin(li, TakeSeveral())
    with pytest.raises(errors.DraftGone):
        await town.use.several.take(li, town.cause())
    with pytest.raises(errors.NotFound):
        await town.use.several.fill(li, "pick", "<nonsense>")
    with pytest.raises(errors.DraftGone):
        await town.use.several.fill(li, "page", "-1")


async def test_a_stranger_has_nothing_to_mark(town, chen):
    await town.shift(chen)

    with pytest.raises(errors.NotSetUp):
        await town.use.several.begin(await town.person(9, group=False), TakeSeveral())
