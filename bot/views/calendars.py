"""The words that go with a calendar file."""

from __future__ import annotations

from bot.domain.calendar_outcomes import CalendarPage
from bot.domain.commands import MyShifts
from bot.i18n import Translator
from bot.ports.message import Button, Document, Message
from bot.views.parts import name, when


def calendar(t: Translator, page: CalendarPage, file: bytes) -> Message:
    """Return the message with the file; without a file where there is nothing to put into it."""
    if not page.entries:
        back = (Button(t.plain("« My shifts"), MyShifts()),)
        return Message(t.say("You have no shifts yet that could go into your calendar."), (back,))
    document = Document("shifts.ics" if page.everything else "shift.ics", file)
    return Message(_caption(t, page), document=document)


def _caption(t: Translator, page: CalendarPage) -> str:
    if page.everything:
        theirs = sum(not entry.cancelled for entry in page.entries)
        head = t.count(
            "Your shift: open the file to put it into your calendar.",
            "Your {n} shifts: open the file to put them into your calendar.",
            theirs,
        )
        return f"{head}\n{t.say('When something has changed, open a newer file: it brings everything up to date.')}"
    [entry] = page.entries
    values = {"place": name(entry.slot.place), "when": when(t, entry.slot)}
    if entry.cancelled:
        return t.say("{place}, {when}: open the file to take it out of your calendar.", **values)
    return t.say("{place}, {when}: open the file to put it into your calendar.", **values)
