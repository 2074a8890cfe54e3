"""A neighbour without Telegram comes along: counted, named with their host, given back and checked in by them."""

from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain import life_errors as le
from bot.domain.cards import card_id
from bot.domain.commands import ClaimShift, ReleaseShift
from bot.domain.duty_commands import CheckIn
from bot.domain.rule_commands import ReleaseGuest
from bot.domain.rule_errors import GuestsFull
from bot.recurrence import Rules
from bot.services.cards import day_card
from bot.services.desk import Desk
from tests.services.conftest import NumberedIds
from tests.services.test_taking_by_the_rules import agree


async def host_on(town, chief, *, places=3, hours=48):
    wang = await town.reachable(3, "Wang Fang")
    shift = await town.shift(chief, hours=hours, places=places)
    await town.use.shifts.claim(wang, ClaimShift(shift), town.cause())
    return wang, shift


async def brings(town, host, shift, name="Grandma Li"):
    return (await town.use.guests.bring(host, shift, name, town.cause())).guests[-1].person_id


async def test_a_guest_takes_a_place_and_is_named_with_their_host(town, chen):
    wang, shift = await host_on(town, chen)

    guest = await brings(town, wang, shift, "  Grandma   <Li> ")

    page = await town.use.rosters.look(chen, shift)
    assert await town.on(shift) == [wang.person_id, guest]
    assert [(p.name, p.account, p.host) for p in page.on] == [
        ("Wang Fang", True, ""),
        ("Grandma <Li>", False, "Wang Fang"),
    ]
    async with Desk(town.store, town.clock, NumberedIds(), town.heard, Rules()).reading() as view:
        day = await view.tx.cards.one(
            card_id(f"7:{town.chat_id}", town.gate, (await view.tx.shifts.one(shift)).start.date())
        )
        row = (await day_card(view, day)).rows[0]
    assert (row.names, row.hosts) == (("Wang Fang", "Grandma <Li>"), ("", "Wang Fang"))


async def test_a_guest_is_no_member_and_nobody_else_can_put_them_on(town, chen):
    wang, shift = await host_on(town, chen)
    guest, other = await brings(town, wang, shift), await town.shift(chen, hours=100)

    people = (await town.use.rosters.candidates(chen, other, 0)).people

    assert guest not in [p.person_id for p in people]
    with pytest.raises(errors.NotFound):
        await town.use.rosters.assign(chen, town.put(other, guest), town.cause())


async def test_each_brings_so_many_as_the_community_has_agreed_and_only_where_they_serve(town, chen):
    wang, shift = await host_on(town, chen, places=9)
    await brings(town, wang, shift)
    await brings(town, wang, shift, "Uncle Zhao")
    with pytest.raises(GuestsFull):
        await brings(town, wang, shift, "Aunt Qian")
    await agree(town, guests_each=0)
    with pytest.raises(GuestsFull):
        await brings(town, wang, shift, "Aunt Qian")

    with pytest.raises(errors.NotYours):
        await brings(town, await town.person(4), shift)
    with pytest.raises(errors.NotAllowed):
        await brings(town, await town.person(9, group=False), shift)


async def test_the_last_place_is_not_given_to_a_guest_beside_somebody_else(town, chen):
    wang, shift = await host_on(town, chen, places=1)

    with pytest.raises(errors.ShiftFull):
        await brings(town, wang, shift)


async def test_the_same_guest_is_known_again_and_is_in_one_place_at_a_time(town, chen):
    wang, shift = await host_on(town, chen)
    near = await town.shift(chen, hours=54, places=2)
    await town.use.shifts.claim(wang, ClaimShift(near, sure=True), town.cause())
    await brings(town, wang, shift)

    with pytest.raises(errors.AlreadyYours):
        await brings(town, wang, shift, "grandma li")
    with pytest.raises(le.RestTooShort):
        await brings(town, wang, near)


async def test_a_host_gives_a_guests_place_back_and_nobody_else_does(town, chen):
    wang, shift = await host_on(town, chen)
    guest, li = await brings(town, wang, shift), await town.person(2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())

    with pytest.raises(errors.NotYours):
        await town.use.guests.give_back(li, ReleaseGuest(shift, guest), town.cause())
    after = await town.use.guests.give_back(wang, ReleaseGuest(shift, guest), town.cause())

    assert after.guests == ()
    assert await town.on(shift) == [wang.person_id, li.person_id]


async def test_whoever_cannot_come_takes_their_guests_along(town, chen):
    wang, shift = await host_on(town, chen)
    await brings(town, wang, shift)

    await town.use.shifts.release(wang, ReleaseShift(shift, sure=True), town.cause())

    assert await town.on(shift) == []


async def test_late_a_guests_place_stays_as_any_other(town, chen):
    wang, shift = await host_on(town, chen, hours=2)
    guest = await brings(town, wang, shift)

    with pytest.raises(le.TooLateToRelease):
        await town.use.guests.give_back(wang, ReleaseGuest(shift, guest), town.cause())


async def test_the_host_says_that_a_guest_is_here_and_other_volunteers_do_not(town, chen):
    wang, shift = await host_on(town, chen)
    guest, li = await brings(town, wang, shift), await town.person(2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    town.clock.instant += timedelta(hours=47, minutes=50)

    with pytest.raises(errors.NotAllowed):
        await town.use.attendance.check_in(li, CheckIn(shift, guest), town.cause())
    await town.use.attendance.check_in(wang, CheckIn(shift, guest), town.cause())

    page = await town.use.guests.look(wang, shift)
    assert (page.there, page.check_in, page.open) == ((True,), True, True)


async def test_a_press_that_comes_twice_brings_one_guest(town, chen):
    wang, shift = await host_on(town, chen)

    first = await town.use.guests.bring(wang, shift, "Grandma Li", "press x")
    again = await town.use.guests.bring(wang, shift, "Grandma Li", "press x")

    assert first == again
    assert len(await town.on(shift)) == 2


async def test_a_name_that_is_none_is_refused(town, chen):
    wang, shift = await host_on(town, chen)

    with pytest.raises(errors.NameInvalid):
        await brings(town, wang, shift, "   ")
