"""/shifts: what somebody can take, and why the rest is not theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain import life_errors as le
from bot.domain.commands import ClaimShift, JoinWaitlist, OpenShifts
from bot.domain.ids import SkillId
from bot.domain.roles import ShiftRole
from bot.domain.skills import Skill
from tests.services.test_taking_by_the_rules import agree, full


async def seen(town, who, *, every=False):
    """What /shifts lists: each shift with the kind of what speaks against it."""
    shown = await town.use.openings.page(who, OpenShifts(every=every))
    return {s.shift_id: type(shown.why_not.get(s.shift_id)) for s in shown.page.slots}, shown


async def test_only_what_i_can_take_is_listed_and_the_rest_is_counted(town, chen):
    await agree(town, opens_ahead=timedelta(days=3), most_a_day=1)
    li = await town.person(2)
    mine, overlapping, same_day = [await town.shift(chen, hours=h, places=2) for h in (24, 25, 30)]
    taken, closed, free = (
        await full(town, chen, hours=48),
        await town.shift(chen, hours=90),
        await town.shift(chen, hours=64),
    )
    await town.use.shifts.claim(li, ClaimShift(mine), town.cause())

    listed, shown = await seen(town, li)
    every, _ = await seen(town, li, every=True)

    assert (listed, shown.hidden) == ({free: type(None)}, 4)
    assert every == {
        overlapping: errors.ShiftOverlaps,
        same_day: le.DayFull,
        taken: errors.ShiftFull,
        free: type(None),
        closed: le.NotYetOpen,
    }


async def test_what_i_wait_for_stays_on_the_list(town, chen):
    li = await town.person(2)
    taken = await full(town, chen)
    await town.use.shifts.wait(li, JoinWaitlist(taken), town.cause())

    assert list((await seen(town, li))[0]) == [taken]


async def test_too_little_rest_hides_nothing_because_i_may_take_it_all_the_same(town, chen):
    li = await town.person(2)
    early, late = await town.shift(chen, hours=24), await town.shift(chen, hours=34)
    await town.use.shifts.claim(li, ClaimShift(early), town.cause())

    assert list((await seen(town, li))[0]) == [late]


async def test_a_role_that_needs_a_skill_is_for_those_who_have_it_and_another_role_opens_the_shift_to_all(town, chen):
    li = await town.person(2)
    tester, one, both = (
        SkillId(f"{town.community}-tester"),
        await town.shift(chen, hours=24),
        await town.shift(chen, hours=40),
    )
    swab = ShiftRole(key="a", name="Testing", needed=1, capacity=1, skill_id=tester)
    async with town.store.transaction() as tx:
        await tx.skills.save(Skill(id=tester, community_id=town.community, name="Swabs"))
        for id_, roles in ((one, (swab,)), (both, (swab, ShiftRole(key="b", name="Desk", needed=1, capacity=1)))):
            shift = await tx.shifts.one(id_)
            await tx.shifts.save(replace(shift, roles=roles, needed=len(roles), capacity=len(roles)))

    every, _ = await seen(town, li, every=True)

    assert every == {one: le.SkillMissing, both: type(None)}


async def test_whoever_is_in_no_community_hears_that_and_not_that_there_are_no_shifts(town, chen):
    await town.shift(chen, hours=24)
    stranger = await town.person(9, group=False)

    with pytest.raises(errors.NotSetUp):
        await seen(town, stranger)
