"""What becomes of a place that falls free: it is offered along the waitlist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain import guests, offers
from bot.domain.assignments import Assignment, Hold, Roster, overlap
from bot.domain.communities import Community
from bot.domain.deadlines import offer_timer
from bot.domain.errors import DomainError
from bot.domain.events import Event
from bot.domain.ids import PersonId, ShiftId
from bot.domain.offers import Quiet
from bot.domain.people import Reach
from bot.domain.quiet import quiet_hours
from bot.domain.shifts import Shift
from bot.domain.terms import terms_of
from bot.domain.timers import Timer, TimerState, again, ended
from bot.domain.waitlist import close_line
from bot.services.desk import Work
from bot.services.eligibility import require_fit
from bot.services.exchanges import close_asked_of, close_exchanges, forget_check_ins
from bot.services.slots import held_around
from bot.services.standby_calls import pass_silently

AWAY = timedelta(minutes=3)  # later than this, an offer's end was not seen in time because the bot was away
FAR = timedelta(days=400)


async def pass_along(
    work: Work, shift: Shift, roster: Roster, gone: Sequence[Assignment], happened: Sequence[Event]
) -> Roster:
    """Save the places that were given up, and offer what is free now to whoever is next in line.

    Returns the roster as it is then.
    """
    for assignment in gone:
        await work.tx.assignments.save(assignment)
    await forget_check_ins(work, gone)
    await close_exchanges(work, shift, [a.person_id for a in gone], happened[0].actor if happened else None)
    work.happened(*happened)
    roster = roster.after(*gone)
    community = await work.tx.communities.one(shift.community_id)
    quiet = await _nights(work, community, roster.waiting)
    passed, barred = await _passed_over(work, shift, roster), await _barred_roles(work, shift, roster)
    offered, told = offers.next_offers(shift, roster, passed, quiet, barred=barred, now=work.now)
    await _save(work, offered)
    work.happened(*told)
    work.touch(shift, community.tz)
    return roster.after(*offered)


async def free_guests(work: Work, shift: Shift, roster: Roster, host: PersonId, by: PersonId | None) -> Roster:
    """Free the places of those whom somebody brought who has no place any more; return the roster as it is then."""
    gone, told = guests.release_all(shift, roster, host=host, by=by)
    return await pass_along(work, shift, roster, gone, told) if gone else roster


async def answer_missing(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """End the offers whose time is over and go on to the next in line.

    If the bot was away when the time ran out, it begins anew: nobody could have answered.
    """
    return [await _answer_missing(work, timer) for timer in timers]


async def close_lines(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Let go whoever still waits for a place on a shift that has begun."""
    return [await _close_line(work, timer) for timer in timers]


async def _close_line(work: Work, timer: Timer) -> Timer:
    shift = await work.tx.shifts.get(ShiftId(timer.subject))
    if shift is None:
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    if work.now < shift.start:  # it was put off
        return again(timer, shift.start, start=shift.start.isoformat())
    gone, told = close_line(shift, await work.tx.assignments.roster(shift.id), now=work.now)
    for assignment in gone:
        await work.tx.assignments.save(assignment)
    work.happened(*told)
    if not gone:
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    work.touch(shift, (await work.tx.communities.one(shift.community_id)).tz)
    return ended(timer, TimerState.DONE, work.now)


async def withdraw_offers(work: Work, person_id: PersonId) -> None:
    """Take back every place offered to somebody who cannot be reached; each goes on to the next at once.

    Swaps that wait for their answer are closed, and a call of somebody on standby goes on.
    """
    await close_asked_of(work, person_id)
    await pass_silently(work, person_id)
    for offer in await work.tx.assignments.of_person(person_id, Hold.OFFERED, work.now, work.now + FAR):
        shift = await work.tx.shifts.one(offer.shift_id)
        roster = await work.tx.assignments.roster(shift.id)
        back, told = offers.take_back(shift, roster, person_id, by=person_id)
        await pass_along(work, shift, roster, back, told)


async def _answer_missing(work: Work, timer: Timer) -> Timer:
    shift = await work.tx.shifts.get(ShiftId(str(timer.facts["shift_id"])))
    offer = await work.tx.assignments.get(timer.subject)
    if shift is None or offer is None or offer.hold is not Hold.OFFERED or offer.answer_by is None:
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    roster = await work.tx.assignments.roster(shift.id)
    if work.now < shift.start and work.now - offer.answer_by > AWAY:
        return await _renewed(work, shift, roster, timer)
    over, told = offers.expire(shift, roster, now=work.now)
    await pass_along(work, shift, roster, over, told)
    return ended(timer, TimerState.DONE, work.now)


async def _renewed(work: Work, shift: Shift, roster: Roster, timer: Timer) -> Timer:
    community = await work.tx.communities.one(shift.community_id)
    quiet = await _nights(work, community, roster.offered)
    fresh, told = offers.renew(shift, roster, quiet, now=work.now)
    for offer in fresh:
        await work.tx.assignments.save(offer)
    work.happened(*told)
    others = [offer_timer(offer) for offer in fresh if offer.id != timer.subject]
    await work.plan(*others)
    mine = next(offer_timer(offer) for offer in fresh if offer.id == timer.subject)
    return again(timer, mine.due, **mine.facts)


async def _nights(work: Work, community: Community, places: Sequence[Assignment]) -> dict[PersonId, Quiet]:
    """Return the present or next quiet hours of those who have any."""
    found: dict[PersonId, Quiet] = {}
    for place in places:
        terms = terms_of(community, await work.tx.people.get(place.person_id))
        if terms.night is not None:
            found[place.person_id] = quiet_hours(terms.zone, work.now, terms.night)
    return found


async def _save(work: Work, offered: Sequence[Assignment]) -> None:
    for offer in offered:
        await work.tx.assignments.save(offer)
        await work.plan(offer_timer(offer))


async def _passed_over(work: Work, shift: Shift, roster: Roster) -> frozenset[PersonId]:
    """Return who cannot be asked now: busy at that time, kept from it by the rules, or out of the bot's reach."""
    passed: set[PersonId] = set()
    for waiting in roster.waiting:
        person = await work.tx.people.get(waiting.person_id)
        held = await held_around(work, waiting.person_id, shift)
        busy = overlap(held, shift.start, shift.end, but=shift.id) is not None
        if person is None or person.reach is not Reach.OPEN or busy or await _barred(work, shift, roster, waiting):
            passed.add(waiting.person_id)
    return frozenset(passed)


async def _barred_roles(work: Work, shift: Shift, roster: Roster) -> dict[PersonId, frozenset[str]]:
    """Return, for those who wait for any role, which they cannot have for want of a skill."""
    asking = [r.key for r in shift.roles if r.skill_id]
    found: dict[PersonId, frozenset[str]] = {}
    for waiting in roster.waiting if asking else ():
        wrong = [r for r in asking if await _barred(work, shift, roster, replace(waiting, role=r))]
        found[waiting.person_id] = frozenset(wrong)
    return found


async def _barred(work: Work, shift: Shift, roster: Roster, waiting: Assignment) -> bool:
    try:
        await require_fit(work, waiting.person_id, shift, roster, role=waiting.role, sure=True)
    except DomainError:
        return True
    return False
