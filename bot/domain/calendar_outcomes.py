"""What goes into a calendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.outcomes import Slot

CALENDAR_WORDS = ("calendar", "ics", "日历")
"""What is typed after /mine to get the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A shift of the reader. `sequence` grows with every change of it; `cancelled`: it is no longer theirs."""

    slot: Slot
    sequence: int
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """All that goes into one file, made at that instant; `everything`: all that the reader has, else one shift."""

    entries: tuple[CalendarEntry, ...]
    made_at: datetime
    everything: bool
