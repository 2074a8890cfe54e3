"""Words for places that are offered along the waitlist."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.commands import ClaimShift, Home, JoinWaitlist, LeaveWaitlist, MyShifts, OpenShifts
from bot.domain.outcomes import Slot, Told
from bot.i18n import Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import answers, name, until, when


def passed(t: Translator, slot: Slot) -> Message:
    """Confirm that an offered place went on to the next in line."""
    text = t.say(
        "You left this place to the next in line: {place}, {when}. Thank you for answering.",
        place=name(slot.place),
        when=when(t, slot),
    )
    again = (Button(t.plain("Wait again"), JoinWaitlist(slot.shift_id)),) if slot.full else ()
    rows: tuple[Row, ...] = (again,) if again else ()
    return Message(text, (*rows, (Button(t.plain("« My shifts"), MyShifts()), Button(t.plain("⌂ Start"), Home()))))


def _offered(t: Translator, told: Told) -> Message:
    text = t.say(
        "A place is free, and you are next in line: <b>{place}</b>, {when}.\nDo you want it? "
        "I keep it for you until {until}; then I ask the next.",
        place=name(told.slot.place),
        when=when(t, told.slot),
        until=until(t, told.slot),
    )
    return Message(text, (answers(t, told.slot),))


def _expired(t: Translator, told: Told) -> Message:
    text = t.say(
        "The time to answer is over, so the place goes to the next in line: <b>{place}</b>, {when}.",
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("🗓 Open shifts"), OpenShifts()),),))


def _withdrawn(t: Translator, told: Told) -> Message:
    text = t.say(
        "The place that was offered to you is no longer free: <b>{place}</b>, {when}. You stay on the waitlist.",
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("✔ My shifts"), MyShifts()),),))


def _moved(t: Translator, told: Told) -> Message:
    text = t.say(
        "The shift you wait for has changed. It is now <b>{place}</b>, {when}. You keep your turn.",
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("Stop waiting"), LeaveWaitlist(told.slot.shift_id)),),))


def _offer_moved(t: Translator, told: Told) -> Message:
    text = t.say(
        "The shift in which a place is offered to you has changed. It is now <b>{place}</b>, {when}.\n"
        "Do you want it? I keep it for you until {until}; then I ask the next.",
        place=name(told.slot.place),
        when=when(t, told.slot),
        until=until(t, told.slot),
    )
    return Message(text, (answers(t, told.slot),))


def _back(t: Translator, told: Told) -> Message:
    text = t.say(
        "This shift takes place after all: <b>{place}</b>, {when}. Nobody is on it yet. Would you like it?",
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("✓ I take it"), ClaimShift(told.slot.shift_id), style=Style.GO),),))


TOLD: Mapping[str, Callable[[Translator, Told], Message]] = {
    "offered": _offered,
    "offer_expired": _expired,
    "offer_withdrawn": _withdrawn,
    "wait_moved": _moved,
    "offer_moved": _offer_moved,
    "place_back": _back,
}
