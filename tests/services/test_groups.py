"""Those who lead hear once when cards cannot be shown in their group, and once when they can again."""

from datetime import date, timedelta

import pytest

from bot.delivery.render import Renderer
from bot.domain.commands import ClaimShift, RemovePerson
from bot.domain.communities import chat_key
from bot.domain.groups import GENERAL, REMOVED, RESTORED, RIGHTS, TOPIC, TROUBLED
from bot.domain.notices import Lane
from bot.domain.people import Reach
from bot.i18n import load
from bot.ids import RandomIds
from bot.recurrence import Rules
from bot.services.communities import Group
from bot.services.people import Actor, Caller

KEY = chat_key(7, -100)


async def told(town):
    """What coordinators are owed about the group, in order."""
    return [(n.kind, n.facts["trouble"]) for n in await town.owed() if n.kind in (TROUBLED, RESTORED)]


async def said(town):
    """What would be said now, of what they are owed."""
    renderer = Renderer(load(), town.clock, RandomIds(), Rules())
    notices = await town.owed()
    async with town.store.reading() as tx:
        words = [await renderer.notice(n, tx) for n in notices]
    return [message.text for _, message in filter(None, words)]


async def chat(town):
    async with town.store.reading() as tx:
        return await tx.chats.one(KEY)


async def arrive(town, **standing):
    await town.use.communities.arrive(Group(chat_id=-100, title="Willow Court", forum=True, **standing), "en")


@pytest.fixture
def in_topic(town, chen) -> Actor:
    """The coordinator, as acting in the group."""
    return Actor(person_id=chen.person_id, account=1, name=chen.name, language="en", chat=KEY)


async def test_being_put_out_of_the_group_is_told_once_however_it_becomes_known_and_coming_back_too(town, chen):
    await town.use.groups.depart(-100)
    await town.use.groups.lost(KEY, "removed")
    await town.use.groups.lost(KEY, "rights")
    assert await told(town) == [(TROUBLED, REMOVED)]
    town.clock.instant += timedelta(minutes=5)
    await arrive(town)
    await arrive(town)
    assert await told(town) == [(TROUBLED, REMOVED), (RESTORED, REMOVED)]
    assert await said(town) == ["I can write in the group <b>Willow Court</b> again, and bring its cards up to date."]


async def test_a_group_nobody_has_set_up_is_nobodys_concern(town):
    await arrive(town)
    await town.use.groups.depart(-100)
    assert await told(town) == []


@pytest.mark.parametrize(("hours", "lane"), [(20, Lane.URGENT), (48, Lane.REPLY)])
async def test_it_is_urgent_when_a_shift_is_near(town, chen, hours, lane):
    await town.shift(chen, hours=hours)
    await town.use.groups.depart(-100)
    assert [n.lane for n in await town.owed()] == [lane]


async def test_shift_leads_and_coordinators_hear_it_and_nobody_else(town, chen):
    await town.person(2)
    await town.use.groups.depart(-100)
    assert [n.person_id for n in await town.owed()] == [chen.person_id]


async def test_that_a_coordinator_did_not_get_it_leaves_their_mark_for_what_is_about_shifts(town, chen):
    wang = await town.person(3)
    await town.use.communities.become_coordinator(wang, town.community, "leads too", admin=True)
    await town.use.groups.depart(-100)
    [about_group, _] = await town.owed()
    await town.use.people.unreachable(about_group, "blocked")
    await town.use.people.unreachable(about_group, "unsure")
    assert len(await town.owed()) == 2
    async with town.store.reading() as tx:
        assert (await tx.people.one(about_group.person_id)).reach is Reach.BLOCKED
    shift = await town.shift(chen)
    await town.use.rosters.assign(wang, town.put(shift, chen.person_id), town.cause())
    [assigned] = [n for n in await town.owed() if n.kind == "assigned"]
    await town.use.people.unreachable(assigned, "blocked")
    assert ("unreachable", wang.person_id) in [(n.kind, n.person_id) for n in await town.owed()]


async def test_may_not_write_is_told_from_its_standing_or_from_a_refused_card(town, chen):
    await arrive(town, may_write=False)
    await town.use.groups.lost(KEY, "rights")
    assert await told(town) == [(TROUBLED, RIGHTS)]
    await arrive(town)  # a member's say is the group's own settings: nothing is known
    assert len(await told(town)) == 1
    await arrive(town, rights=["pin_messages"], may_write=True)
    assert await told(town) == [(TROUBLED, RIGHTS), (RESTORED, RIGHTS)]


async def test_a_card_that_is_shown_again_ends_it_and_the_others_are_looked_at(town, chen):
    await town.shift(chen)
    await town.use.groups.lost(KEY, "rights")
    town.heard.days.clear()
    await town.use.groups.regained(KEY, 5)
    assert (await chat(town)).trouble == RIGHTS
    await town.use.groups.regained(KEY, None)
    assert await told(town) == [(TROUBLED, RIGHTS), (RESTORED, RIGHTS)]
    assert len(town.heard.days) == 1


async def test_a_bound_topic_that_is_gone_gives_way_to_general_until_it_is_open_again(town, in_topic):
    await town.use.communities.bind_topic(in_topic, 5)
    await town.use.groups.lost(KEY, "topic", 5)
    assert ((await chat(town)).topic_id, await told(town)) == (None, [(TROUBLED, TOPIC)])
    await town.use.groups.regained(KEY, None)
    await town.use.groups.topic_reopened(-100, 9)
    assert (await chat(town)).trouble == TOPIC
    await town.use.groups.topic_reopened(-100, 5)
    assert ((await chat(town)).topic_id, await told(town)) == (5, [(TROUBLED, TOPIC), (RESTORED, TOPIC)])


async def test_a_topic_that_is_reported_gone_after_here_in_another_leaves_the_new_one(town, in_topic):
    await town.use.communities.bind_topic(in_topic, 5)
    await town.use.communities.bind_topic(in_topic, 9)
    await town.use.groups.lost(KEY, "topic", 5)
    await town.use.groups.lost(KEY, "topic", None)
    assert ((await chat(town)).topic_id, await told(town)) == (9, [])


async def test_with_general_closed_too_the_cards_stand_still_until_here_in_another_topic(town, in_topic):
    wang = await town.person(3)
    await town.use.communities.become_coordinator(wang, town.community, "leads too", admin=True)
    await town.use.communities.bind_topic(in_topic, 5)
    await town.use.groups.topic_closed(-100, 5)
    await town.use.groups.topic_closed(-100, None)
    assert await told(town) == [(TROUBLED, TOPIC)] * 2 + [(TROUBLED, GENERAL)] * 2
    assert len(await said(town)) == 2
    town.clock.instant += timedelta(minutes=5)
    await town.use.communities.bind_topic(in_topic, 9)
    over = [n.person_id for n in await town.owed() if n.kind == RESTORED]
    assert over == [wang.person_id]  # who sent /here is answered there


async def test_closing_a_topic_does_not_bar_a_bot_that_manages_topics(town, in_topic):
    await arrive(town, rights=["manage_topics"], may_write=True)
    await town.use.communities.bind_topic(in_topic, 5)
    await town.use.groups.topic_closed(-100, 5)
    assert ((await chat(town)).topic_id, await told(town)) == (5, [])


async def test_what_is_over_before_it_could_be_told_is_not_told_and_the_same_again_is_told_once(town, chen):
    await town.use.groups.lost(KEY, "rights")
    town.clock.instant += timedelta(minutes=1)
    await town.use.groups.regained(KEY, None)
    town.clock.instant += timedelta(minutes=1)
    await town.use.groups.lost(KEY, "rights")
    assert len(await told(town)) == 3
    [only] = await said(town)
    assert "may not write" in only


async def test_a_group_that_became_a_supergroup_is_still_spoken_of(town, chen):
    await town.use.groups.lost(KEY, "rights")
    await town.use.groups.migrate(-100, -1001)
    assert len(await said(town)) == 1


async def test_whoever_renames_themself_has_the_cards_that_name_them_looked_at(town, chen):
    li = await town.person(2, "Li")
    await town.use.shifts.claim(li, ClaimShift(await town.shift(chen)), town.cause())
    await town.shift(chen, hours=96)
    town.heard.days.clear()
    await town.use.people.recognise(Caller(account=2, name="Li Wei", heard_language="en"))
    assert [touched.day for touched in town.heard.days if touched.checkpoint_id == town.gate] == [date(2026, 12, 3)]
    town.heard.days.clear()
    await town.use.people.recognise(Caller(account=2, name="Li Wei", heard_language="zh"))
    assert town.heard.days == set()


async def test_whoever_leaves_the_group_while_on_shifts_is_told_of_once_with_those_shifts(town, chen):
    li, wang = await town.person(2, "Li"), await town.person(3, "Wang")
    near, far = await town.shift(chen, hours=30, places=2), await town.shift(chen, hours=60)
    for shift in (near, far):
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    for account in (2, 2, 3):
        await town.use.people.left(account, -100)
    assert [(n.kind, n.person_id) for n in await town.owed()] == [("leads_departed", chen.person_id)]
    [words] = await said(town)
    assert words.startswith("Li has left the group and is still on 2 shifts:\n• <b>East Gate</b>")
    await town.use.rosters.remove(chen, RemovePerson(near, li.person_id, sure=True), town.cause())
    [words] = [text for text in await said(town) if "has left" in text]
    assert "is still on 1 shift:" in words
    assert wang.person_id not in await town.on(far)


async def test_whoever_is_back_in_the_group_before_it_is_told_is_not_told_of(town, chen):
    li = await town.person(2, "Li")
    await town.use.shifts.claim(li, ClaimShift(await town.shift(chen)), town.cause())
    await town.use.people.left(2, -100)
    await town.person(2, "Li")
    assert await said(town) == []
