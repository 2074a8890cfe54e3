"""Shift leads: made by coordinators, by name; and what a lead may then do."""

from datetime import timedelta

import pytest

from bot.domain.commands import ClaimShift, JoinWaitlist
from bot.domain.duty_commands import CheckIn
from bot.domain.errors import NotAllowed, NotFound, NotSetUp
from bot.domain.lead_commands import LeadList, MakeLead
from tests.services.conftest import NOW


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


@pytest.fixture
async def wang(town, chen):
    return await town.person(3, "Wang")


async def names(town, actor, query=None, named=""):
    shown = await town.use.leads.members(actor, query or LeadList(), named=named)
    return [p.name for p in shown.people]


async def test_whom_a_coordinator_makes_a_lead_can_check_in_others_until_that_is_taken_back(town, chen, li, wang):
    shift = await town.shift(chen, places=2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    town.clock.instant = NOW + timedelta(hours=48)

    made = await town.use.leads.make(chen, MakeLead(town.community, wang.person_id, lead=True), town.cause())
    done = await town.use.attendance.check_in(wang, CheckIn(shift, li.person_id), town.cause())
    await town.use.leads.make(chen, MakeLead(town.community, wang.person_id, lead=False), town.cause())

    assert (made.changed.name, made.changed.leads, done.name) == ("Wang", True, "Li Na")
    with pytest.raises(NotAllowed):
        await town.use.duties.on_the_spot(wang, shift)


async def test_a_press_that_comes_twice_turns_the_role_once_and_leads_stand_first(town, chen, li, wang):
    for _ in range(2):
        await town.use.leads.make(chen, MakeLead(town.community, wang.person_id, lead=True), "press")

    assert await names(town, chen) == ["Wang", "Chen Guihua", "Li Na"]


async def test_people_are_found_by_part_of_their_name(town, chen, li, wang):
    assert await names(town, chen, named="li") == ["Li Na"]
    assert await names(town, chen, named="nobody") == []


async def test_only_coordinators_make_leads_and_only_of_people_who_are_there(town, chen, li, wang):
    stranger = await town.person(9, "Stranger", group=False)
    with pytest.raises(NotAllowed):
        await town.use.leads.make(li, MakeLead(town.community, li.person_id, lead=True), town.cause())
    with pytest.raises(NotAllowed):
        await town.use.leads.members(li, LeadList())
    with pytest.raises(NotSetUp):
        await town.use.leads.members(stranger, LeadList())
    with pytest.raises(NotFound):
        await town.use.leads.make(chen, MakeLead(town.community, stranger.person_id, lead=True), town.cause())


async def test_with_several_communities_one_is_chosen_first(town, chen):
    second = await town.found(chen, chat_id=-200, title="Aspen Court")

    shown = await town.use.leads.members(chen, LeadList())

    assert [s.community for s in shown.choices] == ["Aspen Court", "Willow Court"]
    assert (await town.use.leads.members(chen, LeadList(second))).community == "Aspen Court"


async def test_many_people_are_shown_page_by_page(town, chen):
    for account in range(20, 40):
        await town.person(account)

    first, beyond = [await town.use.leads.members(chen, LeadList(town.community, page)) for page in (0, 99)]

    assert first.pages > 1
    assert (first.page, beyond.page) == (0, beyond.pages - 1)


async def test_when_a_shift_begins_nobody_waits_for_it_any_more(town, chen, li, wang):
    shift = await town.shift(chen)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await town.use.shifts.wait(wang, JoinWaitlist(shift), town.cause())

    town.clock.instant = NOW + timedelta(hours=48)
    await town.use.rounds.go()

    async with town.store.reading() as tx:
        roster = await tx.assignments.roster(shift)
        timer = await tx.timers.get(f"{shift}/close_line")
    assert ([a.person_id for a in roster.on], roster.waiting, timer.state) == ([li.person_id], (), "done")
