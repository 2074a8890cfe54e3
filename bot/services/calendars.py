"""A person's shifts for their calendar: one, or all that are to come, those given back or cancelled included."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.assignments import Assignment, Hold, assignment_id
from bot.domain.calendar_outcomes import CalendarEntry, CalendarPage
from bot.domain.errors import NotYours
from bot.domain.ids import ShiftId
from bot.domain.shifts import LONGEST_SHIFT
from bot.services.desk import Desk, Work
from bot.services.people import Actor
from bot.services.slots import slot_of

AHEAD = timedelta(days=400)
GONE = (Hold.RELEASED, Hold.REMOVED, Hold.CANCELLED)  # what calendars that have it are to strike out


class Calendars:
    """Queries about calendar files. They show nobody anything but their own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def one(self, actor: Actor, shift_id: ShiftId) -> CalendarPage:
        """Return one shift that is or was the person's. Raises NotYours."""
        async with self._desk.reading() as view:
            place = await view.tx.assignments.get(assignment_id(shift_id, actor.person_id))
            if place is None:
                raise NotYours
            return CalendarPage(entries=(await _entry(view, place),), made_at=view.now, everything=False)

    async def all(self, actor: Actor) -> CalendarPage:
        """Return every shift to come that the person has, and those they had."""
        async with self._desk.reading() as view:
            found: list[Assignment] = []
            for hold in (Hold.ON, *GONE):
                found += await view.tx.assignments.of_person(
                    actor.person_id, hold, view.now - LONGEST_SHIFT, view.now + AHEAD
                )
            places = sorted((a for a in found if a.end > view.now), key=lambda a: (a.start, a.id))
            entries = tuple([await _entry(view, place) for place in places])
            return CalendarPage(entries=entries, made_at=view.now, everything=True)


async def _entry(view: Work, place: Assignment) -> CalendarEntry:
    shift = await view.tx.shifts.one(place.shift_id)
    slot = await slot_of(view, shift, await view.tx.assignments.roster(shift.id), place.person_id)
    return CalendarEntry(
        slot=slot,
        sequence=shift.version + place.version,  # both only grow, whichever of them changed
        cancelled=slot.cancelled or place.hold in GONE,
    )
