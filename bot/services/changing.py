"""What the form for changing a shift holds, and what that would do; used by `bot.services.editing`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain import changes
from bot.domain.changes import Change
from bot.domain.drafts import Draft
from bot.domain.edit_outcomes import ShiftEdit, Wanted
from bot.domain.errors import DraftGone
from bot.domain.events import Fact
from bot.domain.ids import CheckpointId
from bot.domain.life_errors import PlacesTaken, RolesDecide, WouldOverlap
from bot.domain.life_events import ConfirmationAsked
from bot.domain.outcomes import PlaceChoice
from bot.domain.shifts import Shift, checked_places
from bot.domain.when import ChangeSaid, Hours, NotUnderstood, parse_change, parse_day, parse_hours, parse_places
from bot.domain.when.changing import NO_NOTE
from bot.domain.when.local import span_of
from bot.services.desk import Work
from bot.services.moving import held_by_all
from bot.services.people import Actor
from bot.services.slots import slot_of

MENU = "what"
QUESTIONS = ("day", "hours", "place", "places", "note")
WAS = "was"  # the shift as it was when the form was last shown
_NAMES = {"time": "time", "checkpoint": "place", "places": "places", "note": "note"}


def answered(
    draft: Draft,
    shift: Shift,
    asked: str,
    text: str,
    *,
    choices: Sequence[PlaceChoice],
    now: datetime,
    zone: ZoneInfo,
) -> dict[str, Fact]:
    """Return the fields that an answer fills in. Raises what the grammar raises, RolesDecide, DraftGone."""
    if asked == MENU:
        said = parse_change(text, now=now, zone=zone, checkpoints=[c.name for c in choices])
        return _line(draft, shift, zone, said, choices)
    if asked == "day":
        return _time(draft, shift, zone, parse_day(text, now=now, zone=zone), None)
    if asked == "hours":
        hours = parse_hours(text)
        if len(hours) > 1:
            raise NotUnderstood(text, "hours")
        return _time(draft, shift, zone, None, hours[0])
    if asked == "place":
        return _place(text, choices)
    if asked == "places":
        said_places = parse_places(text)
        return _places(shift, said_places.needed, said_places.capacity)
    if asked == "note":
        return {"note": "" if text == NO_NOTE else text}
    raise DraftGone


def change_of(draft: Draft, shift: Shift) -> Change:
    """Return what the form asks for."""
    start, end = _span(draft, shift)
    note = draft.fields.get("note")
    return Change(
        start=start,
        end=end,
        checkpoint_id=CheckpointId(draft.text("checkpoint_id")) if draft.text("checkpoint_id") else None,
        needed=draft.number("needed"),
        capacity=draft.number("capacity"),
        note=note if isinstance(note, str) else None,
    )


def seen(shift: Shift) -> str:
    """Return how a shift is, as a field of a draft."""
    start, end = shift.start.isoformat(), shift.end.isoformat()
    return "\n".join([start, end, shift.checkpoint_id, f"{shift.needed} {shift.capacity}", shift.note])


def meanwhile(draft: Draft, shift: Shift) -> tuple[str, ...]:
    """Return what of the shift is not as it was when the form was last shown: time, place, places, note."""
    before, now = draft.text(WAS).split("\n", 4), seen(shift).split("\n", 4)
    differs = [a != b for a, b in zip(before, now, strict=True)]
    named = {"time": differs[0] or differs[1], "place": differs[2], "places": differs[3], "note": differs[4]}
    return tuple(name for name, is_other in named.items() if is_other)


async def shown(work: Work, actor: Actor, draft: Draft, shift: Shift) -> ShiftEdit:
    """Return the form at its step, and what the change would do. Raises TimeInvalid, ShiftStarted, ShiftCancelled."""
    roster = await work.tx.assignments.roster(shift.id)
    wanted = change_of(draft, shift)
    held = await held_by_all(work, shift, wanted, roster)
    over, asked = 0, 0
    try:
        moved = changes.edit(shift, roster, wanted, held, by=actor.person_id, now=work.now)
        asked = sum(isinstance(e, ConfirmationAsked) for e in moved.events)
    except PlacesTaken as error:
        over = error.people
    except WouldOverlap:
        asked = 0  # `busy` says who
    busy = changes.busy(shift, wanted, roster, held)
    return ShiftEdit(
        step=draft.step,
        slot=await slot_of(work, shift, roster, actor.person_id),
        wanted=await _wanted(work, wanted, shift),
        differs=tuple(_NAMES[name] for name in changes.difference(shift, wanted)),
        meanwhile=meanwhile(draft, shift),
        asked=asked,
        busy=tuple([(await work.tx.people.one(p)).name for p in busy]),
        over=over,
        unknown=draft.text("unknown"),
        series_id=shift.series_id or "",
        day=shift.day.isoformat() if shift.series_id and shift.day else "",
    )


async def _wanted(work: Work, wanted: Change, shift: Shift) -> Wanted:
    """Return the shift as it shall be."""
    fresh = changes.changed(shift, wanted)
    checkpoint = await work.tx.checkpoints.one(fresh.checkpoint_id)
    return Wanted(
        place=checkpoint.name,
        start=fresh.start,
        end=fresh.end,
        needed=fresh.needed,
        capacity=fresh.capacity,
        note=fresh.note,
    )


def _span(draft: Draft, shift: Shift) -> tuple[datetime, datetime]:
    start, end = draft.text("start"), draft.text("end")
    if not start or not end:
        return shift.start, shift.end
    return datetime.fromisoformat(start), datetime.fromisoformat(end)


def _line(
    draft: Draft, shift: Shift, zone: ZoneInfo, change: ChangeSaid, choices: Sequence[PlaceChoice]
) -> dict[str, Fact]:
    """Return the fields that a typed line fills in."""
    said = change.said
    fields: dict[str, Fact] = {} if change.note is None else {"note": change.note}
    if said.checkpoint or said.unknown_checkpoint:
        fields |= _place(said.checkpoint or said.unknown_checkpoint, choices)
    if said.days or said.hours:
        fields |= _time(draft, shift, zone, next(iter(said.days), None), next(iter(said.hours), None))
    if said.needed is not None or said.capacity is not None:
        fields |= _places(shift, said.needed, said.capacity)
    return fields


def _places(shift: Shift, needed: int | None, capacity: int | None) -> dict[str, Fact]:
    if shift.roles:
        raise RolesDecide
    needed, capacity = checked_places(needed, capacity)
    return {"needed": needed, "capacity": capacity}


def _time(draft: Draft, shift: Shift, zone: ZoneInfo, day: date | None, hours: Hours | None) -> dict[str, Fact]:
    """Return the new span: another day with the same hours, other hours on the same day, or both."""
    start, end = (moment.astimezone(zone) for moment in _span(draft, shift))
    span = span_of(day or start.date(), hours or (start.time(), end.time()), zone)
    return {"start": span.start.isoformat(), "end": span.end.isoformat()}


def _place(text: str, choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    chosen = next((c for c in choices if text in (c.checkpoint_id, c.name)), None)
    return {"checkpoint_id": chosen.checkpoint_id, "unknown": ""} if chosen else {"unknown": text[:60], "step": "place"}
