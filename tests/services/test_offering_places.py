"""A place that falls free is offered along the waitlist, one person after another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import errors, life_errors
from bot.domain.assignments import Hold
from bot.domain.commands import ClaimShift, JoinWaitlist, MyShifts, ReleaseShift
from bot.domain.getting_commands import AcceptOffer, PassOffer
from bot.domain.people import Reach
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.timers import Timers
from tests.services.conftest import NumberedIds


async def in_line(town, chief, shift, *accounts):
    """Chen holds the only place; these wait for it, and can all be written to."""
    await town.use.shifts.claim(chief, ClaimShift(shift), town.cause())
    people = [await town.reachable(account) for account in accounts]
    for person in people:
        await town.use.shifts.wait(person, JoinWaitlist(shift), town.cause())
    return people


async def time_passes(town, **span):
    town.clock.instant += timedelta(**span)
    await Timers(Desk(town.store, town.clock, NumberedIds(), town.heard, Rules())).fire()


async def kinds(town):
    return [(n.person_id, n.kind) for n in await town.owed()]


async def held(town, person, shift):
    return (await town.use.lists.one(person, shift)).mine


async def test_giving_back_offers_the_place_to_the_first_in_line_and_tells_only_them(town, chen):
    shift = await town.shift(chen)
    li, wang = await in_line(town, chen, shift, 2, 3)

    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    assert await town.on(shift) == []
    assert await held(town, li, shift) is Hold.OFFERED
    assert await held(town, wang, shift) is Hold.WAITING
    assert await kinds(town) == [(li.person_id, "offered")]


async def test_an_offered_place_cannot_be_claimed_by_others_and_whoever_has_it_offered_may_accept(town, chen):
    shift = await town.shift(chen)
    li, wang = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    with pytest.raises(errors.ShiftFull):
        await town.use.shifts.claim(wang, ClaimShift(shift), town.cause())
    with pytest.raises(life_errors.OfferOver):
        await town.use.offers.accept(wang, AcceptOffer(shift), town.cause())
    await town.use.offers.accept(li, AcceptOffer(shift), town.cause())

    assert await town.on(shift) == [li.person_id]


async def test_claiming_by_the_card_answers_the_offer_too(town, chen):
    shift = await town.shift(chen)
    (li,) = await in_line(town, chen, shift, 2)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    await time_passes(town, minutes=40)

    assert await town.on(shift) == [li.person_id]


async def test_passing_offers_the_place_to_the_next(town, chen):
    shift = await town.shift(chen)
    li, wang = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    await town.use.offers.pass_on(li, PassOffer(shift), town.cause())

    assert await held(town, wang, shift) is Hold.OFFERED
    with pytest.raises(errors.NotYours):
        await town.use.lists.one(li, shift)


async def test_nobody_answers_for_half_an_hour_and_the_next_is_asked(town, chen):
    shift = await town.shift(chen)
    li, wang = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    await time_passes(town, minutes=29)
    assert await held(town, li, shift) is Hold.OFFERED
    await time_passes(town, minutes=1)

    assert await held(town, wang, shift) is Hold.OFFERED
    assert await kinds(town) == [
        (li.person_id, "offered"),
        (li.person_id, "offer_expired"),
        (wang.person_id, "offered"),
    ]
    with pytest.raises(life_errors.OfferOver):
        await town.use.offers.accept(li, AcceptOffer(shift), town.cause())


async def test_the_nearer_the_shift_the_shorter_the_offer(town, chen):
    shift = await town.shift(chen, hours=4)
    _, wang = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.release(chen, ReleaseShift(shift, sure=True), town.cause())

    await time_passes(town, minutes=20)

    assert await held(town, wang, shift) is Hold.OFFERED


async def test_an_offer_that_ran_out_while_the_bot_was_away_begins_anew(town, chen):
    shift = await town.shift(chen)
    li, wang = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    await time_passes(town, hours=3)

    assert await held(town, li, shift) is Hold.OFFERED
    assert await kinds(town) == [(li.person_id, "offered"), (li.person_id, "offered")]
    await time_passes(town, minutes=30)
    assert await held(town, wang, shift) is Hold.OFFERED


async def test_nobody_has_to_answer_at_night(town, chen):
    shift = await town.shift(chen, hours=60)
    (li,) = await in_line(town, chen, shift, 2)
    town.clock.instant = town.clock.instant.replace(hour=23)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    slot = await town.use.lists.one(li, shift)

    assert slot.answer_by.hour == 7


async def test_whoever_waits_but_is_busy_by_now_is_passed_over(town, chen):
    shift, clash = await town.shift(chen), await town.shift(chen, hours=49)
    wang, zhao = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.claim(wang, ClaimShift(clash), town.cause())

    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    assert await held(town, zhao, shift) is Hold.OFFERED
    assert await held(town, wang, shift) is Hold.WAITING


async def test_whoever_blocks_the_bot_in_the_middle_of_an_offer_makes_room_for_the_next_at_once(town, chen):
    shift = await town.shift(chen)
    li, wang = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    await town.use.people.reached(li.account, Reach.BLOCKED)

    assert await held(town, li, shift) is Hold.WAITING
    assert await held(town, wang, shift) is Hold.OFFERED


async def test_an_offer_that_cannot_be_delivered_goes_to_the_next_and_troubles_no_coordinator(town, chen):
    shift = await town.shift(chen)
    _, wang = await in_line(town, chen, shift, 2, 3)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())
    (offer,) = await town.owed()

    await town.use.people.unreachable(offer, "blocked")

    assert await held(town, wang, shift) is Hold.OFFERED
    assert "unreachable" not in [kind for _, kind in await kinds(town)]


async def test_somebody_who_never_pressed_start_is_passed_over_and_the_place_is_free_for_all(town, chen):
    shift = await town.shift(chen)
    await town.use.shifts.claim(chen, ClaimShift(shift), town.cause())
    silent = await town.person(4)
    await town.use.shifts.wait(silent, JoinWaitlist(shift), town.cause())

    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())
    await town.use.shifts.claim(silent, ClaimShift(shift), town.cause())

    assert await town.on(shift) == [silent.person_id]


async def test_accepting_what_overlaps_by_now_is_refused(town, chen):
    shift, clash = await town.shift(chen), await town.shift(chen, hours=49)
    (li,) = await in_line(town, chen, shift, 2)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())
    await town.use.shifts.claim(li, ClaimShift(clash), town.cause())

    with pytest.raises(errors.ShiftOverlaps):
        await town.use.offers.accept(li, AcceptOffer(shift), town.cause())


async def test_the_same_press_twice_accepts_once(town, chen):
    shift = await town.shift(chen)
    (li,) = await in_line(town, chen, shift, 2)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())

    first = await town.use.offers.accept(li, AcceptOffer(shift), "press x")

    assert await town.use.offers.accept(li, AcceptOffer(shift), "press x") == first


async def test_my_list_shows_what_is_offered_to_me_and_strangers_may_answer_nothing(town, chen):
    shift = await town.shift(chen)
    (li,) = await in_line(town, chen, shift, 2)
    await town.use.shifts.release(chen, ReleaseShift(shift), town.cause())
    stranger = replace(li, person_id="p-nobody")

    page = await town.use.lists.mine(li, MyShifts())

    assert [s.mine for s in page.slots] == [Hold.OFFERED]
    with pytest.raises(errors.NotAllowed):
        await town.use.offers.pass_on(stranger, PassOffer(shift), town.cause())
