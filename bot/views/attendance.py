"""Words for the day of a shift: coming, checking in, checking out."""

from __future__ import annotations

from bot.domain.commands import Home, MyShifts
from bot.domain.duty_commands import CheckOut, HandoverChain, LeaveNote, OnDuty, StayOn
from bot.domain.duty_outcomes import Duty
from bot.domain.rule_commands import GuestsOfMine
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.handovers import accept_row, block, photo_row
from bot.views.parts import fitting, hours, listed, name, when
from bot.views.reporting import report_button

MOST_NAMES = 20


def toast(t: Translator, duty: Duty) -> str:
    """Return the short answer to a press on the day."""
    place = name(duty.slot.place)
    if duty.name:
        return t.plain("Checked in: {name}, {place}.", name=name(duty.name), place=place)
    texts = {
        "confirmed": t.plain("Thank you! You are expected: {place}, {when}.", place=place, when=when(t, duty.slot)),
        "checked_in": t.plain("You are checked in: {place}. Thank you for being here!", place=place),
        "stays": t.plain("Thank you! I will tell you as soon as somebody comes: {place}.", place=place),
        "checked_out": t.plain("Checked out: {place}. Thank you, and get home safely!", place=place),
    }
    return texts[duty.what]


def here(t: Translator, duty: Duty) -> Message:
    """Return what somebody who is there needs to know: what to do, whom to call, who else is there."""
    slot = duty.slot
    lines: list[str] = [
        t.say("<b>{place}</b>, {hours}", place=name(slot.place), hours=hours(t, slot)),
        t.say("✓ You are checked in. Thank you for being here!"),
    ]
    if duty.stays:
        lines.append(t.say("You stay until somebody relieves you."))
    if duty.there:
        shown = listed(t, (t.say("{name}", name=name(n)) for n in duty.there[:MOST_NAMES]))
        lines.append(Html(t.say("With you:") + f" {shown}"))
    if duty.handover:
        lines += ["", t.say("<b>Left for you</b>"), block(t, duty.handover, longest=600)]
    if duty.instructions:
        lines += ["", t.say("<b>What to do</b>"), t.say("{text}", text=duty.instructions)]
    if duty.contacts:
        lines += ["", t.say("<b>Whom to call</b>"), t.say("{text}", text=duty.contacts)]
    lines += ["", t.say("I am <b>not an emergency service</b>. In danger, call your local emergency number first.")]
    rows: list[Row] = [accept_row(t, duty.handover), *photo_row(t, duty.handover)] if duty.handover else []
    if duty.brings:
        rows.append((Button(t.plain("👤 Who comes with me"), GuestsOfMine(slot.shift_id)),))
    leave = Button(t.plain("✎ Leave a note"), LeaveNote(slot.shift_id))
    rows.append((leave, Button(t.plain("Notes left here"), HandoverChain(slot.checkpoint_id))))
    rows.append((report_button(t), Button(t.plain("I am going now"), CheckOut(slot.shift_id))))
    rows.append((Button(t.plain("Who is there now"), OnDuty()), Button(t.plain("⌂ Start"), Home())))
    return Message("\n".join(lines[: fitting(lines, 3900)]), tuple(rows))


def sure_to_leave(t: Translator, duty: Duty) -> Message:
    """Ask before a post is left empty."""
    text = t.say(
        "Nobody else is at <b>{place}</b> yet. If you go now, the post is empty. Can you stay until somebody comes?",
        place=name(duty.slot.place),
    )
    stay = Button(t.plain("I stay"), StayOn(duty.slot.shift_id), style=Style.GO)
    go = Button(t.plain("I have to go"), CheckOut(duty.slot.shift_id, sure=True), style=Style.DANGER)
    return Message(text, ((stay,), (go,)))


def left(t: Translator, duty: Duty) -> Message:
    """Thank whoever has checked out."""
    text = t.say(
        "Checked out: <b>{place}</b>, {when}. Thank you, and get home safely!",
        place=name(duty.slot.place),
        when=when(t, duty.slot),
    )
    if duty.brings:
        together = t.count(
            "The neighbour you brought is checked out with you.",
            "The {n} neighbours you brought are checked out with you.",
            duty.brings,
        )
        text = Html(f"{text}\n{together}")
    leave = (Button(t.plain("✎ Leave a note"), LeaveNote(duty.slot.shift_id)),)
    return Message(text, (leave, (Button(t.plain("✔ My shifts"), MyShifts()), Button(t.plain("⌂ Start"), Home()))))
