"""What the bot says by itself on the day of a shift."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.commands import MyShift, MyShifts, ReleaseShift, ShiftRoster
from bot.domain.duty_commands import (
    AttendanceSheet,
    CheckIn,
    CheckOut,
    ConfirmComing,
    MyHours,
    OnDuty,
    OnTheSpot,
    StayOn,
)
from bot.domain.getting_commands import FreePlaces, KeepPlaces
from bot.domain.ids import PersonId
from bot.domain.outcomes import Told
from bot.domain.policies import CHECK_IN_OPENS, NUDGE_OUT
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, listed, name, when

MOST_NAMES = 20
MOST_SHIFTS = 8  # of one person, in one message


def coming_rows(t: Translator, told: Told) -> tuple[Row, ...]:
    """Return the buttons that answer whether somebody comes to a shift that was changed."""
    shift_id = told.slot.shift_id
    coming = Button(t.plain("✓ I am coming"), ConfirmComing(shift_id), style=Style.GO)
    return ((coming, Button(t.plain("I cannot come"), ReleaseShift(shift_id))), _show(t, told))


def _opens(t: Translator, told: Told) -> Message:
    text = t.say(
        "Your shift begins soon: <b>{place}</b>, {when}. Press when you are there: I will show you what to do.",
        **_values(t, told),
    )
    return Message(text, (_here(t, told),))


def _nudge(t: Translator, told: Told) -> Message:
    text = t.say(
        "Your shift ends soon: <b>{place}</b>, {when}. Please check out when you go, and thank you!",
        **_values(t, told),
    )
    shift_id = told.slot.shift_id
    return Message(
        text,
        (
            (Button(t.plain("I am going now"), CheckOut(shift_id)),),
            (Button(t.plain("I stay until somebody comes"), StayOn(shift_id)),),
        ),
    )


def _you_are_missing(t: Translator, told: Told) -> Message:
    text = t.say(
        "Your shift has begun: <b>{place}</b>, {when}. Are you there? Press the button; if you cannot come, "
        "please call a coordinator now.",
        **_values(t, told),
    )
    return Message(text, (_here(t, told), _show(t, told)))


def _please_stay(t: Translator, told: Told) -> Message:
    text = t.say(
        "Nobody of the next shift is at <b>{place}</b> yet. Can you stay? Until somebody comes, the post is yours. "
        "The coordinators know.",
        **_values(t, told),
    )
    shift_id = told.slot.shift_id
    return Message(
        text,
        (
            (Button(t.plain("I stay until somebody comes"), StayOn(shift_id), style=Style.GO),),
            (Button(t.plain("I am going now"), CheckOut(shift_id)),),
        ),
    )


def _relief_here(t: Translator, told: Told) -> Message:
    text = t.say("{name} is at <b>{place}</b> now. You can hand over and go. Thank you!", **_values(t, told))
    return Message(text, ((Button(t.plain("I am going now"), CheckOut(told.slot.shift_id), style=Style.GO),),))


def _no_show(t: Translator, told: Told) -> Message:
    text = t.say(
        "You were on a shift, and nobody said that you were there: <b>{place}</b>, {when}. "
        "Were you? Then tell a coordinator, who can set it right. No harm done.",
        **_values(t, told),
    )
    return Message(text, ((Button(t.plain("✔ My shifts"), MyShifts()),),))


def _handover_left(t: Translator, told: Told) -> Message:
    text = t.say("{name} left a note for you at <b>{place}</b>.", **_values(t, told))
    return Message(text, ((Button(t.plain("My post"), MyShift(told.slot.shift_id), style=Style.GO),),))


def _handover_accepted(t: Translator, told: Told) -> Message:
    text = t.say(
        "{by} has taken over from you: <b>{place}</b>, {when}. Thank you!", by=name(told.by), **_values(t, told)
    )
    return Message(text, ((Button(t.plain("✔ My shifts"), MyShifts()),),))


def _leads_missing(t: Translator, told: Told) -> Message:
    text = t.say("⚠ Not there yet: {people}. <b>{place}</b>, {when}.", people=_people(t, told), **_values(t, told))
    return Message(text, _leads(t, told))


def _leads_post_empty(t: Translator, told: Told) -> Message:
    text = t.say("⚠ <b>Nobody is at {place}</b>. The shift {when} should have begun.", **_values(t, told))
    if told.people:
        text = Html(f"{text} {t.say('Expected: {people}.', people=_people(t, told))}")
    return Message(text, _leads(t, told))


def _corrected(t: Translator, told: Told) -> Message:
    states = {
        "completed": t.plain("you were there"),
        "no_show": t.plain("you did not come"),
        "excused": t.plain("you were excused"),
    }
    text = t.say(
        "{by} has set right what is recorded for <b>{place}</b>, {when}: {state}. Reason: {reason}",
        by=name(told.by or t.plain("A coordinator")),
        state=states[str(told.facts["after"])],
        reason=str(told.facts["reason"]),
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("⏱ My hours"), MyHours()),),))


def _leads_no_shows(t: Translator, told: Told) -> Message:
    n = told.facts.get("times")
    text = t.count(
        "For you alone: {name} was on {n} shift in the last 60 days and did not come, last at <b>{place}</b>, {when}. "
        "Perhaps ask how they are.",
        "For you alone: {name} was on {n} shifts in the last 60 days and did not come, last at <b>{place}</b>, {when}. "
        "Perhaps ask how they are.",
        n if isinstance(n, int) else 2,
        **_values(t, told),
    )
    return Message(text, ((Button(t.plain("Who was there"), AttendanceSheet(told.slot.shift_id)),),))


def _leads_departed(t: Translator, told: Told) -> Message:
    slots = (told.slot, *told.others)
    head = t.count(
        "{name} has left the group and is still on {n} shift:",
        "{name} has left the group and is still on {n} shifts:",
        len(slots),
        name=name(told.about),
    )
    lines = [t.say("• <b>{place}</b>, {when}", place=name(s.place), when=when(t, s)) for s in slots[:MOST_SHIFTS]]
    if (more := len(slots) - MOST_SHIFTS) > 0:
        lines.append(t.count("… and {n} more shift", "… and {n} more shifts", more))
    advice = t.say("Please ask whether they still come. If not, free the places, so that others can take them.")
    rows: list[Row] = [
        (Button(label(f"{s.place} {when(t, s)}"), ShiftRoster(s.shift_id)),) for s in slots[:MOST_SHIFTS]
    ]
    where, who = told.slot.community_id, PersonId(str(told.facts.get("person_id")))
    free = Button(t.plain("Free them all"), FreePlaces(where, who), style=Style.DANGER)
    rows.append((free, Button(t.plain("They still come"), KeepPlaces(where, who))))
    return Message(Html("\n".join([head, *lines, "", advice])), tuple(rows))


DUTY_NOTICES: Mapping[str, Callable[[Translator, Told], Message]] = {
    CHECK_IN_OPENS: _opens,
    NUDGE_OUT: _nudge,
    "you_are_missing": _you_are_missing,
    "please_stay": _please_stay,
    "relief_here": _relief_here,
    "no_show": _no_show,
    "attendance_corrected": _corrected,
    "leads_no_shows": _leads_no_shows,
    "handover_left": _handover_left,
    "handover_accepted": _handover_accepted,
    "leads_missing": _leads_missing,
    "leads_post_empty": _leads_post_empty,
    "leads_departed": _leads_departed,
}


def _values(t: Translator, told: Told) -> dict[str, str]:
    return {"place": name(told.slot.place), "when": when(t, told.slot), "name": name(told.about)}


def _people(t: Translator, told: Told) -> str:
    return listed(t, [name(person) for person in told.people[:MOST_NAMES]])


def _here(t: Translator, told: Told) -> Row:
    return (Button(t.plain("✓ I am here"), CheckIn(told.slot.shift_id), style=Style.GO),)


def _show(t: Translator, told: Told) -> Row:
    return (Button(t.plain("Show my shift"), MyShift(told.slot.shift_id)),)


def _leads(t: Translator, told: Told) -> tuple[Row, ...]:
    check_in = Button(t.plain("Check somebody in"), OnTheSpot(told.slot.shift_id), style=Style.GO)
    return ((check_in, Button(t.plain("Who is there now"), OnDuty())),)
