"""Teams: who names them, who is in them, and what everybody sees of them."""

from datetime import timedelta

import pytest

from bot.domain import errors, life_errors, skill_errors
from bot.domain.commands import ClaimShift
from bot.domain.rule_commands import Agree
from bot.domain.team_commands import CloseTeam, JoinList, JoinTeam, LeaveTeam, MarkPartner, OneTeam, TeamList
from tests.services.conftest import NOW


@pytest.fixture
async def night(town, chen):
    return (await town.use.teams.make(chen, town.community, "Night watch", town.cause())).team_id


async def joins(town, chief, team, person):
    return await town.use.teams.join(chief, JoinTeam(team, person.person_id), town.cause())


async def test_everybody_sees_which_teams_they_are_in(town, chen, night):
    li, wang = await town.person(2, "Li"), await town.person(3, "Wang")
    await town.use.teams.make(chen, town.community, "Early birds", town.cause())
    await joins(town, chen, night, li)

    his, hers = await town.use.teams.page(li, TeamList()), await town.use.teams.page(wang, TeamList())
    shown = await town.use.teams.one(wang, OneTeam(night))

    assert [(r.name, r.mine, r.people) for r in his.teams] == [("Night watch", True, 1), ("Early birds", False, 0)]
    assert (any(r.mine for r in hers.teams), hers.leads) == (False, ())
    assert ([p.name for p in shown.people], shown.leads) == (["Li"], False)


async def test_a_member_is_added_once_by_button_or_by_name_and_taken_out(town, chen, night):
    li = await town.person(2, "Li Ming")
    await town.person(3, "Li Na")

    with pytest.raises(skill_errors.MemberUnknown) as both:
        await town.use.teams.join_named(chen, night, "li", town.cause())
    with pytest.raises(skill_errors.MemberUnknown) as nobody:
        await town.use.teams.join_named(chen, night, "Zhao", town.cause())
    await town.use.teams.join_named(chen, night, " li ming ", town.cause())
    twice = await joins(town, chen, night, li)
    left = await town.use.teams.joiners(chen, JoinList(night))
    gone = await town.use.teams.leave(chen, LeaveTeam(night, li.person_id), town.cause())

    assert (both.value.several, nobody.value.several) == (True, False)
    assert ([p.name for p in twice.people], gone.people) == (["Li Ming"], ())
    assert [p.name for p in left.people] == ["Chen Guihua", "Li Na"]


async def test_only_coordinators_change_teams_and_strangers_see_none(town, chen, night):
    li, stranger = await town.person(2), await town.person(9, group=False)

    for attempt in (
        town.use.teams.make(li, town.community, "Mine", town.cause()),
        joins(town, li, night, li),
        town.use.teams.close(li, CloseTeam(night, sure=True), town.cause()),
        town.use.teams.one(stranger, OneTeam(night)),
    ):
        with pytest.raises(errors.NotAllowed):
            await attempt
    with pytest.raises(errors.NotFound):
        await joins(town, chen, night, stranger)


async def test_a_name_stands_once_and_is_free_again_when_the_team_is_closed(town, chen, night):
    early = (await town.use.teams.make(chen, town.community, "Early birds", town.cause())).team_id

    with pytest.raises(skill_errors.TeamTaken):
        await town.use.teams.make(chen, town.community, " night  WATCH", town.cause())
    with pytest.raises(skill_errors.TeamTaken):
        await town.use.teams.rename(chen, early, "Night watch", town.cause())
    same = await town.use.teams.rename(chen, night, "NIGHT watch", town.cause())
    closed = await town.use.teams.close(chen, CloseTeam(night, sure=True), town.cause())
    again = await town.use.teams.rename(chen, early, "Night watch", town.cause())

    assert (same.name, closed.closed, closed.leads, again.name) == ("NIGHT watch", True, False, "Night watch")
    assert [r.name for r in (await town.use.teams.page(chen, TeamList())).teams] == ["Night watch"]
    with pytest.raises(errors.NotFound):
        await joins(town, chen, night, await town.person(2))


async def test_a_team_is_marked_as_a_partner_unit_and_not(town, chen, night):
    marked = await town.use.teams.mark_partner(chen, MarkPartner(night, partner=True), town.cause())
    plain = await town.use.teams.mark_partner(chen, MarkPartner(night, partner=False), town.cause())

    assert (marked.partner, plain.partner) == (True, False)


async def test_whoever_is_put_out_of_the_group_comes_back_without_their_teams(town, chen, night):
    li = await town.person(2)
    await joins(town, chen, night, li)

    await town.use.people.left(2, town.chat_id, put_out=True)
    await town.person(2)

    assert (await town.use.teams.one(chen, OneTeam(night))).people == ()


async def a_night(town, chief, line="East Gate 2026-12-04 8-12 x2 team: night WATCH"):
    await town.use.planning.begin(chief, line=line)
    planned = await town.use.making.make(chief, await town.use.planning.request(chief), town.cause())
    async with town.store.reading() as tx:
        return (await tx.shifts.of_batch(planned.batch_id))[0].id


async def claims(town, person, shift):
    return (await town.use.shifts.claim(person, ClaimShift(shift), town.cause())).slot


async def test_a_shift_of_a_team_is_kept_for_it_until_a_day_before(town, chen, night):
    li, wang = await town.person(2), await town.person(3)
    await joins(town, chen, night, li)
    shift = await a_night(town, chen)

    with pytest.raises(life_errors.TeamOnly) as kept:
        await claims(town, wang, shift)
    his = await claims(town, li, shift)
    town.clock.instant = kept.value.until

    assert (his.team, his.on) == ("Night watch", 1)
    assert (await claims(town, wang, shift)).on == 2


async def test_a_coordinator_puts_others_on_with_a_reason(town, chen, night):
    wang = await town.person(3)
    shift = await a_night(town, chen)

    with pytest.raises(life_errors.TeamOnly):
        await town.use.rosters.assign(chen, town.put(shift, wang.person_id), town.cause())
    against = await town.use.rosters.against(chen, shift, wang.person_id)
    await town.use.rosters.assign(chen, town.put(shift, wang.person_id), town.cause(), reason="nobody else is free")

    assert [type(w) for w in against.warnings] == [life_errors.TeamOnly]
    assert await town.on(shift) == [wang.person_id]


async def test_the_rule_says_until_when_and_a_closed_team_keeps_nothing(town, chen, night):
    wang, zhao = await town.person(3), await town.person(4)
    shift = await a_night(town, chen)

    await town.use.rules.agree(chen, Agree(town.community, "team", "4320"), town.cause())
    his = await claims(town, wang, shift)
    await town.use.rules.agree(chen, Agree(town.community, "team", "off"), town.cause())
    with pytest.raises(life_errors.TeamOnly) as kept:
        await claims(town, zhao, shift)
    await town.use.teams.close(chen, CloseTeam(night, sure=True), town.cause())

    assert (his.on, kept.value.until) == (1, None)
    assert (await claims(town, zhao, shift)).team == ""


async def test_the_form_offers_the_teams_and_takes_one_back(town, chen, night):
    await town.use.planning.begin(chen, line="East Gate 2026-12-04 8-12 x2")

    asked = await town.use.planning.fill(chen, "preview", "team")
    chosen = await town.use.planning.fill(chen, "team", asked.teams[0][0])
    await town.use.planning.fill(chen, "preview", "team")
    with pytest.raises(skill_errors.TeamUnknown):
        await town.use.planning.fill(chen, "team", "Nobody's")
    back = await town.use.planning.back(chen)
    await town.use.planning.fill(chen, "preview", "team")
    free = await town.use.planning.fill(chen, "team", "")

    assert (asked.step, asked.teams) == ("team", ((night, "Night watch"),))
    assert [f.planned.team for f in (chosen, back, free)] == ["Night watch", "Night watch", ""]


async def test_a_series_makes_shifts_of_its_team(town, chen, night):
    await town.use.series_planning.begin(chen, line="East Gate daily 8-12 x2 team: Night watch")
    request = await town.use.series_planning.request(chen)
    planned = await town.use.series.make(chen, request, town.cause())

    async with town.store.reading() as tx:
        made = await tx.shifts.of_checkpoint(town.gate, NOW, NOW + timedelta(days=3))
    assert planned.series.team == "Night watch"
    assert {s.team_id for s in made} == {night}


async def test_a_team_that_is_not_there_is_said_by_its_name(town, chen):
    with pytest.raises(skill_errors.TeamUnknown):
        await town.use.planning.begin(chen, line="East Gate 2026-12-04 8-12 x2 team: Ghosts")
