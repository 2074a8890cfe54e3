"""The day of a shift in the town: coming, there, gone; and a post that would stand empty."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.attendance import Presence
from bot.domain.commands import CancelShift, ClaimShift
from bot.domain.duty_commands import (
    CheckIn,
    CheckOut,
    ConfirmComing,
    OnDuty,
    StayOn,
)
from bot.domain.errors import NotAllowed, NotYours
from bot.domain.life_errors import AlreadyCheckedIn, TextTooLong, TooEarlyToCheckIn
from bot.domain.notices import Lane
from bot.domain.people import Role, with_role
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.notices import look_up
from tests.services.conftest import NOW, NumberedIds

START = NOW + timedelta(hours=48)
MINUTE = timedelta(minutes=1)


async def at(town, instant):
    """Let the bell ring at that instant."""
    town.clock.instant = instant
    await town.use.rounds.go()


async def kinds(town):
    """Who is owed what kind of notice, by name."""
    return sorted((n.person_id, n.kind) for n in await town.owed())


async def state(town, shift, who):
    async with town.store.reading() as tx:
        found = await tx.attendances.get(f"{shift}:{who.person_id}")
    return found.state if found else Presence.EXPECTED


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


@pytest.fixture
async def wang(town, chen):
    return await town.person(3, "Wang")


@pytest.fixture
async def shift(town, chen, li):
    shift = await town.shift(chen, places=2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    return shift


async def test_somebody_who_said_yes_is_not_asked_again(town, li, shift):
    await town.use.attendance.confirm(li, ConfirmComing(shift), town.cause())

    await at(town, START - timedelta(hours=2))

    assert "ask_coming" not in [n.kind for n in await town.owed()]


async def test_somebody_who_was_reminded_a_moment_ago_is_not_asked_too(town, li, shift):
    await at(town, START - timedelta(hours=1))  # the bot was away since before the evening

    assert [n.kind for n in await town.owed()] == ["shift_reminder"]


async def test_pressing_five_times_checks_in_once(town, li, shift):
    town.clock.instant = START
    await town.use.attendance.check_in(li, CheckIn(shift), "press")
    await town.use.attendance.check_in(li, CheckIn(shift), "press")
    with pytest.raises(AlreadyCheckedIn):
        await town.use.attendance.check_in(li, CheckIn(shift), town.cause())

    assert await state(town, shift, li) is Presence.CHECKED_IN


async def test_checking_in_opens_fifteen_minutes_before(town, li, shift):
    town.clock.instant = START - 16 * MINUTE
    with pytest.raises(TooEarlyToCheckIn):
        await town.use.attendance.check_in(li, CheckIn(shift), town.cause())

    town.clock.instant = START - 15 * MINUTE
    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())

    assert await state(town, shift, li) is Presence.CHECKED_IN


async def test_strangers_and_people_who_are_not_on_the_shift_cannot_check_in(town, wang, shift):
    town.clock.instant = START
    stranger = await town.person(9, "Stranger", group=False)
    with pytest.raises(NotAllowed):
        await town.use.attendance.check_in(stranger, CheckIn(shift), town.cause())
    with pytest.raises(NotYours):
        await town.use.attendance.check_in(wang, CheckIn(shift), town.cause())


async def test_a_shift_lead_checks_in_somebody_without_a_phone_and_a_volunteer_may_not(town, li, wang, shift):
    town.clock.instant = START
    with pytest.raises(NotAllowed):
        await town.use.attendance.check_in(wang, CheckIn(shift, li.person_id), town.cause())
    async with town.store.transaction() as tx:
        member = await tx.memberships.one(f"{town.community}:{wang.person_id}")
        await tx.memberships.save(with_role(member, Role.SHIFT_LEAD))

    done = await town.use.attendance.check_in(wang, CheckIn(shift, li.person_id), town.cause())

    assert (done.name, done.late) == ("Li Na", False)
    assert await state(town, shift, li) is Presence.CHECKED_IN


async def test_two_leads_checking_in_the_same_person_at_once_do_it_once(town, chen, li, shift):
    town.clock.instant = START
    both = [town.use.attendance.check_in(chen, CheckIn(shift, li.person_id), town.cause()) for _ in range(2)]

    ends = await asyncio.gather(*both, return_exceptions=True)

    assert sorted(type(e).__name__ for e in ends) == ["AlreadyCheckedIn", "Duty"]


async def test_who_is_missing_is_told_to_those_who_lead_and_asked_themselves(town, chen, li, shift):
    await at(town, START)
    await at(town, START + 10 * MINUTE)

    urgent = [n for n in await town.owed() if n.lane is Lane.URGENT]
    assert sorted((n.person_id, n.kind) for n in urgent) == sorted(
        [(chen.person_id, "leads_post_empty"), (li.person_id, "you_are_missing")]
    )


async def test_an_alarm_is_no_longer_true_once_the_missing_one_has_come(town, chen, li, wang, shift):
    await town.use.shifts.claim(wang, ClaimShift(shift), town.cause())
    await at(town, START)
    await town.use.attendance.check_in(wang, CheckIn(shift), town.cause())
    await at(town, START + 10 * MINUTE)
    [alarm] = [n for n in await town.owed() if n.kind == "leads_missing"]
    desk = Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())
    async with desk.reading() as view:
        assert (await look_up(view, alarm)).people == ("Li Na",)

    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())

    async with desk.reading() as view:
        assert await look_up(view, alarm) is None


async def test_a_shift_that_nobody_took_has_its_alarm_and_a_cancelled_one_has_none(town, chen):
    empty, off = await town.shift(chen), await town.shift(chen, hours=60)
    await town.use.shifts.call_off(chen, CancelShift(off, sure=True), town.cause())

    await at(town, START + timedelta(hours=20))
    assert [n.kind for n in await town.owed()] == []  # all of it came too late
    await at(town, START + timedelta(hours=21))

    assert empty
    assert await town.owed() == []


async def test_the_outgoing_are_asked_to_stay_and_told_when_somebody_comes(town, chen, li, wang, shift):
    following = await town.shift(chen, hours=52)
    await town.use.shifts.claim(wang, ClaimShift(following), town.cause())
    town.clock.instant = START
    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())
    end = START + timedelta(hours=4)
    town.clock.instant = end
    asked = await town.use.attendance.check_out(li, CheckOut(shift), town.cause())
    assert asked.what == "would_leave"

    await at(town, end + 10 * MINUTE)
    assert (li.person_id, "please_stay") in await kinds(town)
    await town.use.attendance.stay(li, StayOn(shift), town.cause())
    await town.use.attendance.check_in(wang, CheckIn(following), town.cause())

    assert (li.person_id, "relief_here") in await kinds(town)
    done = await town.use.attendance.check_out(li, CheckOut(shift), town.cause())
    assert done.what == "checked_out"


async def test_two_hours_after_the_end_what_nobody_said_is_settled(town, chen, li, wang, shift):
    await town.use.shifts.claim(wang, ClaimShift(shift), town.cause())
    await at(town, START)
    await town.use.attendance.check_in(wang, CheckIn(shift), town.cause())

    await at(town, START + timedelta(hours=6))

    assert await state(town, shift, wang) is Presence.COMPLETED
    assert await state(town, shift, li) is Presence.NO_SHOW
    assert (li.person_id, "no_show") in await kinds(town)


async def test_nobody_is_a_no_show_because_the_bot_was_away(town, li, shift):
    await at(town, START + timedelta(hours=30))

    assert await state(town, shift, li) is Presence.EXCUSED
    assert await town.owed() == []


async def test_if_somebody_could_check_in_the_bot_was_not_away(town, li, wang, shift):
    await town.use.shifts.claim(wang, ClaimShift(shift), town.cause())
    town.clock.instant = START  # no bell rings until all is over
    await town.use.attendance.check_in(wang, CheckIn(shift), town.cause())

    await at(town, START + timedelta(hours=6))

    assert await state(town, shift, li) is Presence.NO_SHOW


async def test_who_is_there_now_is_for_members_only(town, chen, li, shift):
    await at(town, START)
    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())

    for actor, posts in ((chen, 1), (await town.person(9, "Stranger", group=False), 0)):
        shown = await town.use.duties.on_duty(actor, OnDuty())
        assert len(shown.posts) == posts
    with pytest.raises(NotAllowed):
        await town.use.duties.on_the_spot(li, shift)


async def test_what_is_shown_at_check_in_is_written_by_coordinators_and_has_an_end(town, chen, li):
    with pytest.raises(NotAllowed):
        await town.use.checkpoints.describe(li, town.gate, "instructions", "x", town.cause())
    with pytest.raises(TextTooLong):
        await town.use.checkpoints.describe(chen, town.gate, "contacts", "x" * 501, town.cause())

    await town.use.checkpoints.describe(chen, town.gate, "contacts", " 555-0199 ", town.cause())

    assert (await town.use.checkpoints.described(chen, town.gate)).contacts == "555-0199"
