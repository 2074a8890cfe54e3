"""Shifts as an iCalendar file (RFC 5545): stable UIDs, changes and cancellations, times in the community's zone.

An event keeps its UID for good. Its SEQUENCE only grows, so that a newer file brings an older one up to date; one that
is no longer the reader's is in the file as cancelled. The zones used are described inside (VTIMEZONE).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.domain.calendar_outcomes import CalendarEntry

PRODUCT = "-//Muster//Shifts//EN"
AROUND = timedelta(days=400)  # so long before and after the events the zones' changes are described


def calendar_file(entries: Sequence[CalendarEntry], *, now: datetime, language: str) -> bytes:
    """Return the file's bytes; `language` is one of our language tags."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, now, language))
    if entries:
        first, last = min(e.slot.start for e in entries) - AROUND, max(e.slot.end for e in entries) + AROUND
        calendar.add_missing_timezones(first_date=first.date(), last_date=last.date())
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, now: datetime, language: str) -> Event:
    slot, zone = entry.slot, ZoneInfo(entry.slot.zone)
    spoken = {"LANGUAGE": language.replace("_", "-")}
    event = Event()
    event.add("uid", f"{slot.shift_id}@muster")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", slot.start.astimezone(zone))
    event.add("dtend", slot.end.astimezone(zone))
    event.add("summary", f"{slot.place} · {slot.role}" if slot.role else slot.place, parameters=spoken)
    event.add("location", slot.place)
    if slot.note:
        event.add("description", slot.note, parameters=spoken)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
