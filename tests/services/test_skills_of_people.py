"""Skills: who notes them, what a role that needs one says, and certificates that end."""

from datetime import date, timedelta

import pytest

from bot.domain import errors, life_errors, skill_errors
from bot.domain.commands import AssignPerson, ClaimShift, JoinWaitlist, ReleaseShift
from bot.domain.standing_commands import ChangeRole, GrantList, OneSkill, SkillList, WithdrawSkill
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NumberedIds

DUTY, HEAT = "a", "b"


async def aid(town, chief):
    return (await town.use.skills.define(chief, town.community, "First aid", town.cause())).skill_id


async def grants(town, chief, skill, person, until=""):
    return await town.use.skills.grant(chief, skill, person.person_id, until, town.cause())


async def a_post(town, chief, line="duty 1, temperature 1 (first AID)"):
    await town.use.planning.begin(chief, line=f"East Gate 2026-12-04 8-12 roles: {line}")
    planned = await town.use.making.make(chief, await town.use.planning.request(chief), town.cause())
    async with town.store.reading() as tx:
        return (await tx.shifts.of_batch(planned.batch_id))[0].id


async def claims(town, actor, shift, role):
    return await town.use.shifts.claim(actor, ClaimShift(shift, role=role), town.cause())


async def mornings(town, days):
    timers = Timers(Desk(town.store, town.clock, NumberedIds(), town.heard, Rules()))
    for _ in range(days):
        await timers.plan_nightly()
        town.clock.instant += timedelta(days=1)
        await timers.fire()


async def told(town):
    return sorted((n.kind, n.person_id) for n in await town.owed() if "skill" in n.kind)


async def test_a_role_that_needs_a_skill_says_which_and_who_can_note_it(town, chen):
    skill, li = await aid(town, chen), await town.person(2)
    shift = await a_post(town, chen)

    with pytest.raises(life_errors.SkillMissing) as missing:
        await claims(town, li, shift, HEAT)
    await grants(town, chen, skill, li)
    taken = await claims(town, li, shift, HEAT)

    assert (missing.value.skill, missing.value.by) == ("First aid", ("Chen Guihua",))
    assert (taken.slot.role, [r.skill for r in taken.slot.roles]) == ("temperature", ["", "First aid"])


async def test_a_certificate_counts_up_to_its_last_day(town, chen):
    skill, li = await aid(town, chen), await town.person(2)
    shift = await a_post(town, chen)
    await grants(town, chen, skill, li, "2026-12-03")

    with pytest.raises(life_errors.SkillExpired):
        await claims(town, li, shift, HEAT)
    await grants(town, chen, skill, li, "2026-12-04")

    assert (await claims(town, li, shift, HEAT)).what == "claimed"


async def test_a_coordinator_cannot_give_the_role_without_the_skill_either(town, chen):
    await aid(town, chen)
    shift, li = await a_post(town, chen), await town.person(2)

    with pytest.raises(life_errors.SkillMissing):
        await town.use.rosters.assign(chen, AssignPerson(shift, li.person_id, HEAT), town.cause())
    await town.use.rosters.assign(chen, AssignPerson(shift, li.person_id, DUTY), town.cause())
    with pytest.raises(life_errors.SkillMissing):
        await town.use.rosters.change_role(chen, ChangeRole(shift, li.person_id, HEAT), town.cause())


async def test_a_role_is_not_offered_to_somebody_who_lacks_its_skill(town, chen):
    skill = await aid(town, chen)
    shift, li, wang, zhao = (
        await a_post(town, chen),
        await town.person(2),
        await town.reachable(3),
        await town.reachable(4),
    )
    await grants(town, chen, skill, li)
    await claims(town, li, shift, HEAT)
    await claims(town, chen, shift, DUTY)
    await grants(town, chen, skill, zhao)
    for person in (wang, zhao):
        await town.use.shifts.wait(person, JoinWaitlist(shift), town.cause())

    await town.use.shifts.release(li, ReleaseShift(shift, sure=True), town.cause())

    assert [n.person_id for n in await town.owed() if n.kind == "offered"] == [zhao.person_id]


async def test_only_coordinators_note_skills_of_members_and_a_name_stands_once(town, chen):
    skill, li, stranger = await aid(town, chen), await town.person(2), await town.person(9, group=False)

    with pytest.raises(errors.NotAllowed):
        await grants(town, li, skill, li)
    with pytest.raises(errors.NotAllowed):
        await town.use.skills.one(li, OneSkill(skill))
    with pytest.raises(errors.NotFound):
        await grants(town, chen, skill, stranger)
    with pytest.raises(skill_errors.SkillTaken):
        await town.use.skills.define(chen, town.community, " first  AID ", town.cause())
    with pytest.raises(errors.DomainError):
        await grants(town, chen, skill, li, "some day")


async def test_the_list_says_what_is_mine_and_one_skill_who_has_it(town, chen):
    skill, li = await aid(town, chen), await town.person(2, "Li")
    await grants(town, chen, skill, li, "2030-01-31")

    mine = await town.use.skills.page(li, SkillList())
    shown = await town.use.skills.one(chen, OneSkill(skill))
    others = await town.use.skills.learners(chen, GrantList(skill))
    gone = await town.use.skills.withdraw(chen, WithdrawSkill(skill, li.person_id, sure=True), town.cause())

    assert [(r.name, r.mine, r.until, r.have) for r in mine.skills] == [("First aid", True, date(2030, 1, 31), 1)]
    assert (mine.leads, [h.person.name for h in shown.holders]) == ((), ["Li"])
    assert [p.name for p in others.people] == ["Chen Guihua"]
    assert gone.holders == ()


async def test_holder_and_coordinators_are_told_once_a_month_before_a_certificate_ends(town, chen):
    skill, li = await aid(town, chen), await town.reachable(2)
    await grants(town, chen, skill, li, "2027-01-02")

    await mornings(town, 1)
    early = await told(town)
    await mornings(town, 3)
    once = await told(town)
    await grants(town, chen, skill, li, "2027-01-03")
    await mornings(town, 1)

    assert (early, once) == ([], [("leads_skill_ends", chen.person_id), ("skill_ends", li.person_id)])
    assert await told(town) == sorted([*once, *once])
