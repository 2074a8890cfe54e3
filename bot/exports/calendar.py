"""Shifts as an iCalendar file (RFC 5545): stable UIDs, times in the community's zone with its rules."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.domain.outcomes import Slot

PRODUCT = "-//Muster//Shifts//EN"


def calendar_file(slots: Sequence[Slot], *, language: str) -> bytes:
    """Return the file's bytes; `language` is one of our language tags. Zones used are described inside."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for slot in slots:
        calendar.add_component(_event(slot, language))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(slot: Slot, language: str) -> Event:
    zone = ZoneInfo(slot.zone)
    event = Event()
    event.add("uid", f"{slot.shift_id}@muster")
    event.add("dtstamp", slot.start)
    event.add("dtstart", slot.start.astimezone(zone))
    event.add("dtend", slot.end.astimezone(zone))
    event.add("summary", slot.place, parameters={"LANGUAGE": language.replace("_", "-")})
    event.add("location", slot.place)
    if slot.note:
        event.add("description", slot.note)
    event.add("status", "CANCELLED" if slot.cancelled else "CONFIRMED")
    return event
