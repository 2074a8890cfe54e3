"""Teams: who names them, who is in them, and what everybody sees of them."""

import pytest

from bot.domain import errors, skill_errors
from bot.domain.team_commands import CloseTeam, JoinList, JoinTeam, LeaveTeam, MarkPartner, OneTeam, TeamList


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
