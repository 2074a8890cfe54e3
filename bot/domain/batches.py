"""Making several shifts in one go, and taking them back within a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import events
from bot.domain.errors import NothingToMake, SomebodyClaimed, TooLateToUndo
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId, TeamId
from bot.domain.roles import ShiftRole
from bot.domain.shifts import Shift, ShiftState

UNDO_WITHIN = timedelta(seconds=60)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Shifts somebody wants to have made, at one checkpoint. With `roles`, the numbers are their sums."""

    checkpoint_id: CheckpointId
    spans: tuple[Span, ...]
    needed: int | None
    capacity: int | None
    roles: tuple[ShiftRole, ...] = ()
    team_id: TeamId | None = None


def new_spans(spans: Iterable[Span], existing: Iterable[Shift]) -> list[Span]:
    """Return the spans for which no open shift of the very same time exists yet, each once, in order."""
    there = {(s.start, s.end) for s in existing if s.state is ShiftState.OPEN}
    fresh: list[Span] = []
    for span in sorted(spans):
        if span not in there:
            there.add(span)
            fresh.append(span)
    return fresh


def make_batch(
    spans: Sequence[Span],
    *,
    batch_id: BatchId,
    community_id: CommunityId,
    checkpoint_id: CheckpointId,
    needed: int,
    capacity: int,
    roles: tuple[ShiftRole, ...] = (),
    team_id: TeamId | None = None,
    by: PersonId,
    now: datetime,
    next_id: Callable[[], ShiftId],
) -> tuple[list[Shift], list[events.Event]]:
    """Make one shift per span. Raises NothingToMake when there is none."""
    if not spans:
        raise NothingToMake
    shifts = [
        Shift(
            id=next_id(),
            community_id=community_id,
            checkpoint_id=checkpoint_id,
            start=start,
            end=end,
            needed=needed,
            capacity=capacity,
            roles=roles,
            team_id=team_id,
            batch_id=batch_id,
            made_by=by,
            made_at=now,
        )
        for start, end in spans
    ]
    return shifts, [made_event(s, by) for s in shifts]


def made_event(shift: Shift, by: PersonId) -> events.Event:
    """Return what is to be logged of a shift that was made."""
    return _event(events.ShiftMade, shift, by)


def undo_batch(shifts: Sequence[Shift], people: int, *, by: PersonId, now: datetime) -> list[events.Event]:
    """Check that a batch may be taken back, with so many people on its shifts; return what is to be logged.

    Raises TooLateToUndo after 60 seconds and SomebodyClaimed when anybody holds a place.
    """
    if not shifts or now - shifts[0].made_at > UNDO_WITHIN:
        raise TooLateToUndo(int(UNDO_WITHIN.total_seconds()))
    if people:
        raise SomebodyClaimed(people)
    return [_event(events.ShiftUnmade, s, by) for s in shifts]


def _event(kind: type[events.ShiftMade | events.ShiftUnmade], shift: Shift, by: PersonId) -> events.Event:
    return kind(
        community_id=shift.community_id,
        actor=by,
        shift_id=shift.id,
        checkpoint_id=shift.checkpoint_id,
        batch_id=shift.batch_id,
    )
