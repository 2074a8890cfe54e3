"""The community's rules at every door through which a place can be taken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain import life_errors as le
from bot.domain.assignments import Hold
from bot.domain.cards import card_id
from bot.domain.commands import ClaimShift, JoinWaitlist, ReleaseShift
from bot.domain.getting_commands import AcceptOffer, SeekCover, TakeCover
from bot.domain.people import membership_id
from bot.domain.rule_commands import Agree
from bot.recurrence import Rules
from bot.services import writing
from bot.services.cards import day_card
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NOW, NumberedIds


async def agree(town, **rules):
    """The community agrees on rules."""
    async with town.store.transaction() as tx:
        community = await tx.communities.one(town.community)
        await tx.communities.save(replace(community, rules=replace(community.rules, **rules)))


async def log(town, kind):
    async with town.store.reading() as tx:
        entries = await tx.log.of_community(town.community, limit=50)
    return [entry.facts for entry in entries if entry.kind == kind]


async def test_claims_open_some_days_ahead_and_whoever_is_early_reads_when(town, chen):
    await agree(town, opens_ahead=timedelta(days=7))
    li = await town.person(2)
    shift = await town.shift(chen, hours=24 * 8)

    with pytest.raises(le.NotYetOpen) as told:
        await town.use.shifts.claim(li, ClaimShift(shift, sure=True), "early")
    assert told.value.opens == NOW + timedelta(days=1)
    with pytest.raises(le.NotYetOpen):
        await town.use.shifts.wait(li, JoinWaitlist(await full(town, chen, hours=24 * 9)), town.cause())

    town.clock.instant = told.value.opens
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    assert await town.on(shift) == [li.person_id]


async def test_the_card_says_when_claims_open_and_is_looked_at_again_then(town, chen):
    shift = await town.shift(chen, hours=24 * 8)
    desk = Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())
    town.heard.days.clear()

    await town.use.rules.agree(chen, Agree(town.community, "opens", "10080"), town.cause())
    assert 9 in {day.day.day for day in town.heard.days}
    await Timers(desk).fire()  # what falls due is planned anew

    assert await opens(desk, town, shift) == NOW + timedelta(days=1)
    town.heard.days.clear()
    town.clock.instant = NOW + timedelta(days=1)
    await Timers(desk).fire()
    assert 9 in {day.day.day for day in town.heard.days}
    assert await opens(desk, town, shift) is None


async def opens(desk, town, shift_id):
    async with desk.reading() as view:
        day = (await view.tx.shifts.one(shift_id)).start.date()
        card = await view.tx.cards.one(card_id(f"7:{town.chat_id}", town.gate, day))
        return (await day_card(view, card)).rows[0].opens


async def full(town, chief, **when):
    shift = await town.shift(chief, **when)
    await town.use.rosters.assign(chief, town.put(shift, chief.person_id), town.cause())
    return shift


async def test_a_coordinator_puts_people_on_before_claims_open(town, chen):
    await agree(town, opens_ahead=timedelta(days=7))
    li = await town.person(2)
    shift = await town.shift(chen, hours=24 * 8)

    await town.use.rosters.assign(chen, town.put(shift, li.person_id), town.cause())

    assert await town.on(shift) == [li.person_id]


async def test_a_day_and_a_week_have_their_limits_for_claiming_and_waiting(town, chen):
    await agree(town, most_a_day=1, most_a_week=2)
    li = await town.person(2)
    first, same_day, other_day, third = [await town.shift(chen, hours=hours) for hours in (16, 24, 42, 66)]
    await town.use.shifts.claim(li, ClaimShift(first), town.cause())
    with pytest.raises(le.DayFull):
        await town.use.shifts.claim(li, ClaimShift(same_day, sure=True), town.cause())
    await town.use.shifts.claim(li, ClaimShift(other_day), town.cause())

    with pytest.raises(le.WeekFull):
        await town.use.shifts.claim(li, ClaimShift(third), town.cause())
    await town.use.shifts.claim(chen, ClaimShift(third), town.cause())
    with pytest.raises(le.WeekFull):
        await town.use.shifts.wait(li, JoinWaitlist(third), town.cause())


async def test_too_little_rest_is_asked_about_and_whoever_is_sure_has_the_place(town, chen):
    li = await town.person(2)
    early, late = await town.shift(chen, hours=24), await town.shift(chen, hours=34)
    await town.use.shifts.claim(li, ClaimShift(early), town.cause())

    with pytest.raises(le.RestTooShort) as doubt:
        await town.use.shifts.claim(li, ClaimShift(late), town.cause())
    assert doubt.value.minutes == 6 * 60
    assert await town.on(late) == []

    await town.use.shifts.claim(li, ClaimShift(late, sure=True), town.cause())
    assert await town.on(late) == [li.person_id]


async def test_being_sure_helps_against_nothing_but_tiredness(town, chen):
    li = await town.person(2)
    await minor(town, li)
    night = await town.shift(chen, hours=24 * 2 + 16, length=8)  # from midnight on

    with pytest.raises(le.NotForMinors):
        await town.use.shifts.claim(li, ClaimShift(night, sure=True), town.cause())


async def minor(town, person):
    async with town.store.transaction() as tx:
        theirs = await tx.memberships.one(membership_id(town.community, person.person_id))
        await tx.memberships.save(replace(theirs, adult_on=date(2030, 1, 1)))


async def test_a_newcomer_comes_with_somebody_experienced(town, chen):
    await agree(town, newcomer_shifts=1)
    li, wang = await town.person(2), await town.person(3)
    shift = await town.shift(chen, places=2)

    with pytest.raises(le.NewcomerAlone):
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await town.use.rosters.assign(chen, town.put(shift, wang.person_id), town.cause(), reason="knows the gate")
    with pytest.raises(le.NewcomerAlone):  # nor are two newcomers company for each other
        await town.use.shifts.claim(li, ClaimShift(shift), town.cause())


async def test_an_offer_is_accepted_by_the_same_rules(town, chen):
    li = await town.reachable(2)
    shift, before = await full(town, chen, hours=34), await town.shift(chen, hours=24)
    await town.use.shifts.wait(li, JoinWaitlist(shift), town.cause())
    await town.use.shifts.claim(li, ClaimShift(before), town.cause())
    await town.use.shifts.release(chen, ReleaseShift(shift, sure=True), town.cause())

    with pytest.raises(le.RestTooShort):
        await town.use.offers.accept(li, AcceptOffer(shift), town.cause())
    await town.use.offers.accept(li, AcceptOffer(shift, sure=True), town.cause())

    assert await town.on(shift) == [li.person_id]


async def test_whoever_may_no_longer_take_a_place_is_not_offered_it_but_keeps_their_turn(town, chen):
    await agree(town, most_a_day=1)
    li, wang = await town.reachable(2), await town.reachable(3)
    shift, same_day = await full(town, chen, hours=24), await town.shift(chen, hours=36)
    for person in (li, wang):
        await town.use.shifts.wait(person, JoinWaitlist(shift), town.cause())
    await town.use.shifts.claim(li, ClaimShift(same_day), town.cause())

    await town.use.shifts.release(chen, ReleaseShift(shift, sure=True), town.cause())

    assert (await town.use.lists.one(li, shift)).mine is Hold.WAITING
    assert (await town.use.lists.one(wang, shift)).mine is Hold.OFFERED


async def test_taking_over_asks_about_rest_but_not_about_opening_days(town, chen):
    await agree(town, opens_ahead=timedelta(hours=1))
    li, wang = await town.reachable(2), await town.reachable(3)
    shift, before = await town.shift(chen, hours=24), await town.shift(chen, hours=14)
    for who, which in ((li, shift), (wang, before)):
        await town.use.rosters.assign(chen, town.put(which, who.person_id), town.cause())
    search = (await town.use.cover.seek(li, SeekCover(shift), town.cause())).search_id

    with pytest.raises(le.RestTooShort):
        await town.use.cover.take(wang, TakeCover(search), town.cause())
    assert (await town.use.cover.look(wang, search)).shift_id == shift
    await town.use.cover.take(wang, TakeCover(search, sure=True), town.cause())

    assert await town.on(shift) == [wang.person_id]


async def test_a_coordinator_decides_otherwise_with_a_reason_that_is_kept(town, chen):
    li = await town.person(2)
    first, second = await town.shift(chen, hours=24), await town.shift(chen, hours=34)
    await town.use.rosters.assign(chen, town.put(first, li.person_id), town.cause())
    command = town.put(second, li.person_id)

    with pytest.raises(le.RestTooShort):
        await town.use.rosters.assign(chen, command, town.cause())
    against = await town.use.rosters.against(chen, second, li.person_id)
    assert [type(w) for w in against.warnings] == [le.RestTooShort]
    with pytest.raises(le.ReasonNeeded):
        await town.use.rosters.assign(chen, command, town.cause(), reason="  ")
    await town.use.rosters.assign(chen, command, town.cause(), reason=" she asked for it ")

    page = await town.use.rosters.look(chen, second)
    assert page.reasons == {li.person_id: "she asked for it"}
    assert [facts["reason"] for facts in await log(town, "PersonAssigned")] == ["she asked for it", ""]


async def test_only_coordinators_are_asked_for_a_reason(town, chen):
    li = await town.person(2)

    with pytest.raises(Exception, match="override_rules"):
        await town.use.writing.begin(li, writing.OVERRIDE, town.community)


async def test_a_press_that_asked_only_asks_again_when_it_comes_again(town, chen):
    li = await town.person(2)
    early, late = await town.shift(chen, hours=24), await town.shift(chen, hours=34)
    await town.use.shifts.claim(li, ClaimShift(early), town.cause())
    with pytest.raises(le.RestTooShort):
        await town.use.shifts.claim(li, ClaimShift(late), "press x")
    await town.use.shifts.release(li, ReleaseShift(early, sure=True), town.cause())

    with pytest.raises(le.RestTooShort):
        await town.use.shifts.claim(li, ClaimShift(late), "press x")
    assert await town.on(late) == []
