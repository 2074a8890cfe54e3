"""Which shift somebody means who types its checkpoint, day and hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.days import day_bounds
from bot.domain.life_errors import NoSuchShift
from bot.domain.outcomes import PlaceChoice
from bot.domain.shifts import Shift, ShiftState
from bot.domain.when import ShiftDraft, parse_shift_line
from bot.services.desk import Work
from bot.services.planning import zone_of

MOST_FOUND = 8
AHEAD = timedelta(days=14)  # where no day is named


async def matching(work: Work, words: str, choices: Sequence[PlaceChoice]) -> list[Shift]:
    """Return the open shifts to come that the words fit, at most 8; those of other hours where none has these.

    `choices` are the checkpoints to look at. Raises NoSuchShift when there is none, and what the grammar raises.
    """
    if not choices:
        raise NoSuchShift
    zone = await zone_of(work, choices[0].checkpoint_id)
    said = parse_shift_line(words, now=work.now, zone=zone, checkpoints=[c.name for c in choices])
    found = await _found(work, said, choices)
    if not found or said.unknown_checkpoint:
        raise NoSuchShift
    spans = {(span.start, span.end) for span in said.spans}
    return ([s for s in found if (s.start, s.end) in spans] or found)[:MOST_FOUND]


async def _found(work: Work, said: ShiftDraft, choices: Sequence[PlaceChoice]) -> list[Shift]:
    places = [c for c in choices if said.checkpoint in (None, c.name)]
    found = [s for place in places for s in await _of_place(work, place, said)]
    return sorted(found, key=lambda s: (s.start, s.checkpoint_id, s.id))


async def _of_place(work: Work, place: PlaceChoice, said: ShiftDraft) -> list[Shift]:
    zone = await zone_of(work, place.checkpoint_id)
    bounds = [day_bounds(day, zone) for day in said.days] or [(work.now, work.now + AHEAD)]
    there = [s for begin, end in bounds for s in await work.tx.shifts.of_checkpoint(place.checkpoint_id, begin, end)]
    return [s for s in there if s.state is ShiftState.OPEN and s.start > work.now]
