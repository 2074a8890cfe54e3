"""The two places of a swap: who could exchange what, whether the rules allow it, and what follows when they do."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.assignments import Assignment, Hold, assignment_id, overlap
from bot.domain.deadlines import swap_timer
from bot.domain.errors import DomainError
from bot.domain.ids import PersonId, ShiftId
from bot.domain.life_errors import SwapBroken
from bot.domain.people import Reach
from bot.domain.roles import UNNAMED
from bot.domain.shifts import Shift, ShiftState
from bot.domain.swap_outcomes import SwapChoice, Swapping
from bot.domain.swaps import Side, Swap, Swapped
from bot.services.desk import Work
from bot.services.eligibility import require_fit
from bot.services.exchanges import close_exchanges, forget_check_ins
from bot.services.slots import held_around, slot_of
from bot.services.timetable import end
from bot.services.waitlists import free_guests

AHEAD = timedelta(days=14)  # how far ahead others' places are looked for


async def sides(work: Work, mine: tuple[PersonId, ShiftId], theirs: tuple[PersonId, ShiftId]) -> tuple[Side, Side]:
    """Return both places as they stand: who gives which shift's. Raises NotFound."""
    shifts = [await work.tx.shifts.one(shift_id) for _, shift_id in (mine, theirs)]
    found = []
    for (person_id, _), shift in zip((mine, theirs), shifts, strict=True):
        held = {a.id: a for s in shifts for a in await held_around(work, person_id, s)}
        roster = await work.tx.assignments.roster(shift.id)
        found.append(Side(shift=shift, roster=roster, person_id=person_id, held=tuple(held.values())))
    return found[0], found[1]


async def check_fit(work: Work, taker: Side, giver: Side, *, sure: bool) -> None:
    """Raise what the community's rules say against the taker's having the giver's place instead of their own."""
    given = giver.roster.find(giver.person_id)
    await require_fit(
        work,
        taker.person_id,
        giver.shift,
        giver.roster,
        role=given.role if given else UNNAMED,
        leaving=giver.person_id,
        instead=taker.shift.id,
        sure=sure,
    )


async def check_still_fits(work: Work, asker: Side, other: Side) -> None:
    """Raise SwapBroken if whoever asked can no longer have the other's place: it is not the other's fault."""
    held = [a for a in asker.held if a.shift_id != asker.shift.id]
    if overlap(held, other.shift.start, other.shift.end, but=other.shift.id) is not None:
        raise SwapBroken
    try:
        await check_fit(work, asker, other, sure=True)
    except DomainError:
        raise SwapBroken from None


async def choices(work: Work, person_id: PersonId, shift: Shift) -> list[SwapChoice]:
    """Return the places that the person could have for theirs, by start: both would be free, the other can be asked."""
    found: list[SwapChoice] = []
    for other in await work.tx.shifts.of_community(shift.community_id, work.now, work.now + AHEAD):
        roster = await work.tx.assignments.roster(other.id)
        theirs = [a for a in roster.on if a.person_id != person_id]
        if other.state is not ShiftState.OPEN or other.start <= work.now or not theirs:
            continue
        if not await _free(work, person_id, other, instead=shift):
            continue
        slot = await slot_of(work, other, roster, person_id)
        for place in theirs:
            person = await work.tx.people.one(place.person_id)
            if person.reach is Reach.OPEN and await _free(work, person.id, shift, instead=other):
                found.append(SwapChoice(slot=slot, person_id=person.id, name=person.name))
    return sorted(found, key=lambda c: (c.slot.start, c.slot.shift_id, c.name.casefold()))


async def _free(work: Work, person_id: PersonId, shift: Shift, *, instead: Shift) -> bool:
    """Say whether the person could be on a shift if they were not on the other."""
    held = [a for a in await held_around(work, person_id, shift) if a.shift_id != instead.id]
    on_it = any(a.hold is Hold.ON and a.shift_id == shift.id for a in held)
    return not on_it and overlap(held, shift.start, shift.end, but=shift.id) is None


async def plan_answer(work: Work, swap: Swap) -> None:
    """See that the swap ends when it is pointless."""
    await work.plan(swap_timer(swap))


async def hand_over(work: Work, swapped: Swapped) -> None:
    """Save what changed hands, and do what must happen together with it."""
    for row in swapped.assignments:
        await work.tx.assignments.save(row)
    for row in swapped.assignments:
        shift = await work.tx.shifts.one(row.shift_id)
        community = await work.tx.communities.one(shift.community_id)
        if row.hold is Hold.ON:
            await work.plan_place(shift, row.person_id, community)
        else:
            await _left(work, shift, row)
        work.touch(shift, community.tz)


async def _left(work: Work, shift: Shift, gone: Assignment) -> None:
    await end(work.tx, assignment_id(shift.id, gone.person_id), work.now, "swapped")
    await close_exchanges(work, shift, [gone.person_id], None)
    await forget_check_ins(work, [gone])
    await free_guests(work, shift, await work.tx.assignments.roster(shift.id), gone.person_id, None)


async def seen_by(work: Work, swap: Swap, reader: PersonId, *, what: str) -> Swapping:
    """Return a swap as somebody sees it."""
    asked_me = reader == swap.other_id
    shifts = [await work.tx.shifts.one(id_) for id_ in (swap.shift_id, swap.other_shift_id)]
    slots = [await slot_of(work, s, await work.tx.assignments.roster(s.id), reader) for s in shifts]
    gives, gets = reversed(slots) if asked_me else slots
    asker, asked = [(await work.tx.people.one(p)).name for p in (swap.person_id, swap.other_id)]
    return Swapping(
        what=what,
        swap_id=swap.id,
        state=swap.state,
        gives=gives,
        gets=gets,
        other=asker if asked_me else asked,
        asker="" if reader in (swap.person_id, swap.other_id) else asker,
        asked_me=asked_me,
    )
