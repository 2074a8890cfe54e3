"""Messages the bot owes somebody, in their language."""

from __future__ import annotations

from bot.domain.commands import MyShift, OpenShifts, ShiftRoster
from bot.domain.outcomes import Told
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message
from bot.views.parts import name, when


def notice(t: Translator, told: Told) -> Message:
    """Return the words of a notice; a second copy of something that may have arrived is marked ↻."""
    text = _text(t, told)
    if told.repeat:
        text = Html(f"↻ {t.say('Perhaps you have read this already:')}\n{text}")
    if told.kind == "unreachable":
        return Message(text, ((Button(t.plain("Who is on this shift"), ShiftRoster(told.slot.shift_id)),),))
    if told.kind in ("assigned", "moved_up"):
        return Message(text, ((Button(t.plain("Show my shift"), MyShift(told.slot.shift_id)),),))
    return Message(text, ((Button(t.plain("🗓 Open shifts"), OpenShifts()),),))


def _text(t: Translator, told: Told) -> Html:
    values = {
        "place": name(told.slot.place),
        "when": when(t, told.slot),
        "by": name(told.by or t.plain("A coordinator")),
    }
    match told.kind:
        case "assigned":
            return t.say("{by} put you on a shift: <b>{place}</b>, {when}.", **values)
        case "removed":
            return t.say("{by} took you off a shift: <b>{place}</b>, {when}. You need not come.", **values)
        case "unreachable":
            return t.say(
                "I cannot write to {by}, who is on a shift: <b>{place}</b>, {when}. Please tell them yourselves, "
                "or ask them to press Start in my private chat.",
                **values,
            )
        case "moved_up":
            return t.say("A place is free and it is yours now: <b>{place}</b>, {when}.", **values)
        case _ if told.waiting:
            return t.say("The shift you waited for was cancelled: <b>{place}</b>, {when}.", **values)
        case _:
            return t.say("Your shift was cancelled: <b>{place}</b>, {when}. You need not come.", **values)
