"""What use cases of changing one shift answer: facts for the views to put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import SeriesId
from bot.domain.outcomes import PlaceChoice, Slot
from bot.domain.when import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A shift as it shall be. Instants in UTC."""

    place: str
    start: datetime
    end: datetime
    needed: int
    capacity: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftEdit:
    """The form that changes one shift, or (`done`) what came of it.

    `step`: pick (which shift?), what (the preview), or the question that is open. `differs` names what would be
    different: time, place, places, note; `meanwhile` what somebody else changed since the form was opened. `asked`
    people would have to answer anew; `busy` names those who have another shift at the new time; `over` is how many are
    on it when that is more than it would have room for. `undo_at` marks the change for taking it back. `series_id`
    is the series it belongs to, if any, on the local `day` (ISO).
    """

    step: str
    slot: Slot | None = None
    wanted: Wanted | None = None
    differs: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    asked: int = 0
    busy: tuple[str, ...] = ()
    over: int = 0
    done: bool = False
    undo_at: int = 0
    unknown: str = ""
    series_id: SeriesId | str = ""
    day: str = ""
    slots: tuple[Slot, ...] = ()
    choices: tuple[PlaceChoice, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the change can be made as it stands."""
        return bool(self.differs) and not self.busy and not self.over


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichReading:
    """What was typed can mean several things: `part` has these readings."""

    part: str
    readings: tuple[Choice, ...]
