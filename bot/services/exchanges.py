"""What hangs on a place and ends with it: the search for somebody to take it, and swaps in which it would be given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain import swaps
from bot.domain.assignments import Assignment, Hold
from bot.domain.ids import PersonId, SwapId
from bot.domain.shifts import Shift
from bot.domain.swaps import OPEN, Swap, SwapState
from bot.domain.timers import Timer, TimerState, ended
from bot.services.desk import Work
from bot.services.searches import close_searches


async def close_exchanges(work: Work, shift: Shift, people: Iterable[PersonId], by: PersonId | None) -> None:
    """Close what these people sought or were asked for with places on a shift that are no longer what they were."""
    gone = set(people)
    await close_searches(work, shift, gone, by)
    await close_swaps(work, shift, gone)


async def close_swaps(work: Work, shift: Shift, people: Iterable[PersonId]) -> None:
    """Close the swaps in which these people's places on a shift would be given."""
    gone = set(people)
    for swap in await work.tx.swaps.open_of_shift(shift.id):
        holder = swap.person_id if swap.shift_id == shift.id else swap.other_id
        if holder in gone:
            await _expire(work, swap)


async def forget_check_ins(work: Work, gone: Iterable[Assignment]) -> None:
    """Take out what is known of who was there for places that are theirs no more."""
    for place in gone:
        if place.hold is not Hold.ON and await work.tx.attendances.get(place.id) is not None:
            await work.tx.attendances.remove(place.id)


async def close_asked_of(work: Work, person_id: PersonId) -> None:
    """Close the swaps that wait for the answer of somebody who cannot be reached."""
    for swap in await work.tx.swaps.of_person(person_id):
        if swap.other_id == person_id and swap.state is SwapState.ASKED:
            await _expire(work, swap)


async def swap_too_late(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Close the swaps that nobody settled before one of their shifts began."""
    return [await _too_late(work, timer) for timer in timers]


async def _too_late(work: Work, timer: Timer) -> Timer:
    swap = await work.tx.swaps.get(SwapId(timer.subject))
    if swap is None or swap.state not in OPEN:
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    await _expire(work, swap)
    return ended(timer, TimerState.DONE, work.now)


async def _expire(work: Work, swap: Swap) -> None:
    expired, told = swaps.expire(swap)
    await work.tx.swaps.save(expired)
    work.happened(*told)
