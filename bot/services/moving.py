"""Several shifts changed together: whoever is on two of them must be free for both as they shall be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import changes
from bot.domain.assignments import Assignment, Hold, Roster
from bot.domain.changes import Change, Moved
from bot.domain.errors import DomainError
from bot.domain.ids import PersonId, ShiftId
from bot.domain.shifts import LONGEST_SHIFT, Shift
from bot.services.desk import Work

AROUND = 2 * LONGEST_SHIFT  # another shift may come from as far away

Spans = Mapping[ShiftId, tuple[datetime, datetime]]
Results = list[tuple[Shift, Moved]]
Stuck = list[tuple[Shift, DomainError]]


async def move_all(
    work: Work, wanted: Sequence[tuple[Shift, Change]], gone: Collection[ShiftId], by: PersonId | None
) -> tuple[Results, Stuck]:
    """Return what becomes of each shift, and those that cannot be changed, with why. Nothing is saved.

    Whoever is on several of them is looked at as they shall be; what is in `gone` is called off in the same go. One
    that cannot be changed stays where it is, which may be in another's way: so all are looked at again without it.
    """
    stuck: dict[ShiftId, tuple[Shift, DomainError]] = {}
    while True:
        moving = [(s, c) for s, c in wanted if s.id not in stuck]
        spans = {s.id: (c.start or s.start, c.end or s.end) for s, c in moving}
        results: Results = []
        refused: Stuck = []
        for shift, change in moving:
            try:
                results.append((shift, await _moved(work, shift, change, spans, gone, by=by)))
            except DomainError as error:
                refused.append((shift, error))
        if not refused:
            return results, list(stuck.values())
        stuck |= {s.id: (s, error) for s, error in refused}


async def held_by_all(
    work: Work,
    shift: Shift,
    change: Change,
    roster: Roster,
    *,
    spans: Spans | None = None,
    gone: Collection[ShiftId] = (),
) -> dict[PersonId, list[Assignment]]:
    """Return what everybody on a shift holds around the time to which it is changed, once these `spans` hold."""
    start, end = change.start or shift.start, change.end or shift.end
    found: dict[PersonId, list[Assignment]] = {}
    for mine in roster.on:
        rows = await work.tx.assignments.of_person(
            mine.person_id, Hold.ON, start - AROUND, end + LONGEST_SHIFT + timedelta(seconds=1)
        )
        found[mine.person_id] = [_then(a, spans or {}) for a in rows if a.shift_id not in gone]
    return found


async def _moved(
    work: Work, shift: Shift, change: Change, spans: Spans, gone: Collection[ShiftId], *, by: PersonId | None
) -> Moved:
    roster = await work.tx.assignments.roster(shift.id)
    held = await held_by_all(work, shift, change, roster, spans=spans, gone=gone)
    return changes.change(shift, roster, change, held, by=by, now=work.now)


def _then(assignment: Assignment, spans: Spans) -> Assignment:
    start, end = spans.get(assignment.shift_id, (assignment.start, assignment.end))
    return replace(assignment, start=start, end=end)
