"""What the form for changing a series holds; used by `bot.services.series_editing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import Draft
from bot.domain.errors import DomainError, DraftGone, NotFound
from bot.domain.events import Fact
from bot.domain.ids import CheckpointId
from bot.domain.life_errors import PlacesTaken, WouldOverlap
from bot.domain.outcomes import PlaceChoice
from bot.domain.series import Series
from bot.domain.series_changes import SeriesWish
from bot.domain.series_outcomes import StuckShift
from bot.domain.shifts import Shift
from bot.domain.when import parse_day, parse_hours, parse_places, parse_repetition, parse_series_line
from bot.services.planning import hours_of, hours_text
from bot.services.series_planning import days_text, repetition_of

MENU = "what"
QUESTIONS = ("days", "hours", "place", "places", "from")
FROM, SEEN = "from", "seen"  # fields: the first day, and the series as it was when the form was last shown


def answered(
    asked: str, text: str, *, choices: Sequence[PlaceChoice], now: datetime, zone: ZoneInfo
) -> dict[str, Fact]:
    """Return the fields that an answer fills in. Raises what the grammar raises, and DraftGone."""
    if asked == MENU:
        return _line(text, choices=choices, now=now, zone=zone)
    if asked == "place":
        return _place(text, choices)
    if asked == "from":
        return {FROM: parse_day(text, now=now, zone=zone).isoformat()}
    if asked not in _READ:
        raise DraftGone
    return _READ[asked](text)


def wish_of(draft: Draft) -> SeriesWish:
    """Return what the form asks for. Raises NotFound for a day that is none."""
    try:
        day = date.fromisoformat(draft.text(FROM))
    except ValueError:
        raise NotFound("days") from None
    return SeriesWish(
        from_day=day,
        repetition=repetition_of(draft),
        hours=hours_of(draft),
        checkpoint_id=CheckpointId(draft.text("checkpoint_id")) or None,
        needed=draft.number("needed"),
        capacity=draft.number("capacity"),
    )


def seen(series: Series) -> str:
    """Return how a series is, as a field of a draft; not what it has made, nor which days it leaves out."""
    lines = [f"{p.from_day} {p.rule} {p.slots} {p.checkpoint_id} {p.needed} {p.capacity}" for p in series.patterns]
    return "\n".join([*lines, str(series.until)])


def stuck(shifts: Iterable[tuple[Shift, DomainError]]) -> tuple[StuckShift, ...]:
    """Return the shifts that cannot follow their series, with why."""
    return tuple(_stuck(shift, error) for shift, error in shifts)


def _stuck(shift: Shift, error: DomainError) -> StuckShift:
    if isinstance(error, PlacesTaken):
        return StuckShift(start=shift.start, end=shift.end, why="places", people=error.people)
    if isinstance(error, WouldOverlap):
        return StuckShift(start=shift.start, end=shift.end, why="busy", people=error.people)
    return StuckShift(start=shift.start, end=shift.end, why="other")


def _places(text: str) -> dict[str, Fact]:
    said = parse_places(text)
    return {"needed": said.needed, "capacity": said.capacity}


_READ: dict[str, Callable[[str], dict[str, Fact]]] = {
    "days": lambda text: {"days": days_text(parse_repetition(text))},
    "hours": lambda text: {"hours": hours_text(parse_hours(text))},
    "places": _places,
}


def _line(text: str, *, choices: Sequence[PlaceChoice], now: datetime, zone: ZoneInfo) -> dict[str, Fact]:
    """Return the fields of a whole line; a checkpoint's name in it says which series, and changes nothing."""
    said = parse_series_line(text, now=now, zone=zone, checkpoints=[c.name for c in choices])
    if said.unknown_checkpoint:
        return {"unknown": said.unknown_checkpoint[:60], "step": "place"}
    fields: dict[str, Fact] = {}
    if said.repetition:
        fields["days"] = days_text(said.repetition)
    if said.hours:
        fields["hours"] = hours_text(said.hours)
    if said.needed is not None or said.capacity is not None:
        fields |= {"needed": said.needed, "capacity": said.capacity}
    if said.first:
        fields[FROM] = said.first.isoformat()
    return fields


def _place(text: str, choices: Sequence[PlaceChoice]) -> dict[str, Fact]:
    chosen = next((c for c in choices if text in (c.checkpoint_id, c.name)), None)
    return {"checkpoint_id": chosen.checkpoint_id, "unknown": ""} if chosen else {"unknown": text[:60], "step": "place"}
