"""A neighbour without Telegram comes along: counted, named with their host, given back and checked in by them."""

from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain import life_errors as le
from bot.domain.cards import card_id
from bot.domain.commands import ClaimShift, JoinWaitlist, ReleaseShift, RemovePerson
from bot.domain.duty_commands import CheckIn, CheckOut
from bot.domain.getting_commands import AnswerSwap, AskSwap, FreePlaces, SeekCover, TakeCover
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


async def told_of_guests(town):
    return [(n.person_id, n.facts["people"]) for n in await town.owed() if n.kind == "guests_released"]


async def test_whoever_is_taken_off_takes_their_guests_along_and_hears_whom_to_tell(town, chen):
    wang, shift = await host_on(town, chen)
    await brings(town, wang, shift)
    await brings(town, wang, shift, "Uncle Zhao")
    qian = await town.reachable(6)
    await town.use.shifts.wait(qian, JoinWaitlist(shift), town.cause())

    await town.use.rosters.remove(chen, RemovePerson(shift, wang.person_id), town.cause())

    assert await town.on(shift) == []
    assert await told_of_guests(town) == [(wang.person_id, 2)]
    assert [n.person_id for n in await town.owed() if n.kind == "offered"] == [qian.person_id]


async def test_a_guest_taken_off_by_a_coordinator_hears_it_from_the_host(town, chen):
    wang, shift = await host_on(town, chen)
    guest = await brings(town, wang, shift)

    await town.use.rosters.remove(chen, RemovePerson(shift, guest), town.cause())

    assert await town.on(shift) == [wang.person_id]
    assert await told_of_guests(town) == [(wang.person_id, 1)]


async def test_whoever_takes_over_does_not_take_the_guests_of_the_other(town, chen):
    wang, shift = await host_on(town, chen, hours=2)
    await brings(town, wang, shift)
    li = await town.reachable(2)
    found = await town.use.cover.seek(wang, SeekCover(shift), town.cause())

    await town.use.cover.take(li, TakeCover(found.search_id), town.cause())

    assert await town.on(shift) == [li.person_id]
    assert await told_of_guests(town) == [(wang.person_id, 1)]


async def test_both_who_swap_hear_that_their_guests_have_no_place(town, chen):
    wang, early = await host_on(town, chen)
    li, late = await town.reachable(2), await town.shift(chen, hours=80, places=3)
    await town.use.shifts.claim(li, ClaimShift(late), town.cause())
    await brings(town, wang, early)
    await brings(town, li, late, "Uncle Zhao")
    swap = await town.use.swaps.ask(wang, AskSwap(early, late, li.person_id), town.cause())

    await town.use.swaps.answer(li, AnswerSwap(swap.swap_id, yes=True), town.cause())

    assert (await town.on(early), await town.on(late)) == ([li.person_id], [wang.person_id])
    assert sorted(await told_of_guests(town)) == sorted([(wang.person_id, 1), (li.person_id, 1)])


async def test_guests_of_somebody_who_left_the_group_are_freed_with_them(town, chen):
    wang, shift = await host_on(town, chen)
    await brings(town, wang, shift)
    await town.use.people.left(3, town.chat_id)

    await town.use.departures.free(chen, FreePlaces(town.community, wang.person_id), town.cause())

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


async def test_guests_are_checked_out_with_their_host_and_do_not_relieve_them(town, chen):
    wang, shift = await host_on(town, chen)
    guest = await brings(town, wang, shift)
    town.clock.instant += timedelta(hours=47, minutes=50)
    for arrival in (CheckIn(shift), CheckIn(shift, guest)):
        await town.use.attendance.check_in(wang, arrival, town.cause())
    town.clock.instant += timedelta(hours=1)

    asked = await town.use.attendance.check_out(wang, CheckOut(shift), town.cause())
    gone = await town.use.attendance.check_out(wang, CheckOut(shift, sure=True), town.cause())

    assert (asked.what, gone.what, gone.brings) == ("would_leave", "checked_out", 1)
    assert (await town.use.guests.look(wang, shift)).there == (False,)
    async with town.store.reading() as tx:
        assert not [a for a in await tx.attendances.of_shift(shift) if a.present]


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
