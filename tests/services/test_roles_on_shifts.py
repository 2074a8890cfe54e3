"""Shifts with roles: who takes which, what is asked, and what a coordinator changes."""

from datetime import timedelta

import pytest

from bot.domain import errors, life_errors, skill_errors
from bot.domain.batches import Request
from bot.domain.commands import AssignPerson, ClaimShift, JoinWaitlist, ReleaseShift
from bot.domain.ids import BatchId
from bot.domain.standing_commands import ChangeRole
from bot.domain.when import Contradictory, NotUnderstood, parse_roles, roles_of

DUTY, DESK, HEAT = "a", "b", "c"


async def a_post(town, chief, line="duty 2, register 1, temperature 0-1"):
    start = town.clock.now() + timedelta(hours=48)
    request = Request(
        checkpoint_id=town.gate,
        spans=((start, start + timedelta(hours=4)),),
        needed=None,
        capacity=None,
        roles=roles_of(parse_roles(line)),
    )
    planned = await town.use.making.make(chief, request, town.cause())
    async with town.store.reading() as tx:
        return (await tx.shifts.of_batch(BatchId(planned.batch_id)))[0].id


async def claims(town, actor, shift, role=""):
    return await town.use.shifts.claim(actor, ClaimShift(shift, role=role), town.cause())


async def roles_on(town, shift):
    async with town.store.reading() as tx:
        return {a.person_id: a.role for a in (await tx.assignments.roster(shift)).on}


async def test_whoever_claims_is_asked_which_role_and_what_is_missing_is_said_by_role(town, chen):
    shift, li = await a_post(town, chen), await town.person(2)

    asked = await claims(town, li, shift)
    taken = await claims(town, li, shift, DESK)

    assert (asked.what, taken.what, taken.slot.role) == ("which_role", "claimed", "register")
    assert [(r.name, r.on, r.missing) for r in taken.slot.roles] == [
        ("duty", 0, 2),
        ("register", 1, 0),
        ("temperature", 0, 0),
    ]
    assert (taken.slot.needed, taken.slot.capacity, taken.slot.short) == (3, 4, 2)


async def test_the_only_role_with_room_is_taken_at_once(town, chen):
    shift = await a_post(town, chen, "duty 1, register 1")
    await claims(town, await town.person(2), shift, DUTY)

    taken = await claims(town, await town.person(3), shift)

    assert (taken.what, taken.slot.role, taken.slot.full) == ("claimed", "register", True)


async def test_a_full_role_says_which_are_free(town, chen):
    shift = await a_post(town, chen)
    await claims(town, await town.person(2), shift, DESK)

    with pytest.raises(life_errors.RoleFull) as full:
        await claims(town, await town.person(3), shift, DESK)

    assert (full.value.name, full.value.free) == ("register", ("duty", "temperature"))


async def test_a_strangers_role_and_a_stranger_are_refused(town, chen):
    shift = await a_post(town, chen)

    with pytest.raises(life_errors.RoleUnknown):
        await claims(town, await town.person(2), shift, "z")
    with pytest.raises(errors.NotAllowed):
        await claims(town, await town.person(9, group=False), shift, DESK)
    with pytest.raises(errors.NotAllowed):
        await town.use.rosters.change_role(await town.person(2), ChangeRole(shift, chen.person_id, DESK), town.cause())


async def test_a_role_is_waited_for_and_offered_to_whoever_waits_for_it(town, chen):
    shift, li, wang = await a_post(town, chen), await town.person(2), await town.reachable(3)
    await claims(town, li, shift, DESK)
    waiting = await town.use.shifts.wait(wang, JoinWaitlist(shift, role=DESK), town.cause())

    await town.use.shifts.release(li, ReleaseShift(shift, sure=True), town.cause())

    assert waiting.slot.role == "register"
    assert [(n.kind, n.person_id) for n in await town.owed()] == [("offered", wang.person_id)]
    with pytest.raises(life_errors.RoleFull):
        await claims(town, li, shift, DESK)


async def test_a_coordinator_is_asked_which_role_somebody_gets_and_can_change_it(town, chen):
    shift, li = await a_post(town, chen), await town.reachable(2)

    with pytest.raises(life_errors.RoleNeeded):
        await town.use.rosters.assign(chen, AssignPerson(shift, li.person_id), town.cause())
    await town.use.rosters.assign(chen, AssignPerson(shift, li.person_id, HEAT), town.cause())
    changed = await town.use.rosters.change_role(chen, ChangeRole(shift, li.person_id, DUTY), cause := town.cause())
    again = await town.use.rosters.change_role(chen, ChangeRole(shift, li.person_id, DUTY), cause)

    assert changed == again
    assert await roles_on(town, shift) == {li.person_id: DUTY}
    assert [n.kind for n in await town.owed()] == ["assigned", "role_changed"]
    page = await town.use.rosters.look(chen, shift)
    assert [(p.person_id, p.role) for p in page.on] == [(li.person_id, "duty")]


async def test_what_a_changed_role_leaves_free_is_offered_in_line(town, chen):
    shift, li, wang = await a_post(town, chen), await town.person(2), await town.reachable(3)
    await claims(town, li, shift, DESK)
    await town.use.shifts.wait(wang, JoinWaitlist(shift, role=DESK), town.cause())

    await town.use.rosters.change_role(chen, ChangeRole(shift, li.person_id, HEAT), town.cause())

    assert "offered" in [n.kind for n in await town.owed() if n.person_id == wang.person_id]


async def test_the_form_reads_roles_in_a_line_and_as_an_answer(town, chen):
    typed = await town.use.planning.begin(chen, line="East Gate 2026-12-04 8-12 roles: duty 2, register 1")
    await town.use.planning.begin(chen, line="East Gate 2026-12-04 8-12")
    answered = await town.use.planning.fill(chen, "places", "duty 2, register 1")

    for form in (typed, answered):
        assert form.step == "preview"
        assert [(r.name, r.needed) for r in form.planned.roles] == [("duty", 2), ("register", 1)]
        assert (form.planned.needed, form.planned.capacity) == (3, 3)
    back = await town.use.planning.back(chen)
    assert (back.step, back.roles) == ("places", "")


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("roles: duty", NotUnderstood),
        ("x3 roles: duty 2", Contradictory),
        ("roles: duty 2, Duty 1", life_errors.RolesInvalid),
        ("roles: duty 1 (Flying)", skill_errors.SkillUnknown),
    ],
)
async def test_roles_that_make_no_sense_are_refused(town, chen, line, refusal):
    with pytest.raises(refusal):
        await town.use.planning.begin(chen, line=f"East Gate 2026-12-04 8-12 {line}")


async def test_a_series_makes_shifts_with_roles(town, chen):
    form = await town.use.series_planning.begin(chen, line="East Gate daily 18-20 roles: duty 2, register 1")
    made = await town.use.series.make(chen, await town.use.series_planning.request(chen), town.cause())

    assert [r.name for r in form.planned.series.roles] == ["duty", "register"]
    async with town.store.reading() as tx:
        shifts = await tx.shifts.of_batch(BatchId(f"{town.community}-b{made.series.series_id[-7:]}"))
    assert {tuple(r.key for r in s.roles) for s in shifts} == {(DUTY, DESK)}
