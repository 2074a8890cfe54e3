"""Words for somebody who cannot come, and for whoever takes over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.commands import Home, MyShift, MyShifts, ShiftRoster
from bot.domain.getting_commands import AnswerCover, SeekCover, TakeCover, UndoCover
from bot.domain.ids import SearchId
from bot.domain.outcomes import Changed, Slot, Told
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import name, when


def sure_to_seek(t: Translator, slot: Slot) -> Message:
    """Say that it is too late to give a place back, and offer to look for somebody."""
    text = t.say(
        "<b>{place}</b>, {when} starts so soon that it stays yours until somebody takes it over. "
        "Shall I look for somebody? I ask people who are free, and tell the coordinators.",
        place=name(slot.place),
        when=when(t, slot),
    )
    yes = Button(t.plain("Yes, I can't come"), SeekCover(slot.shift_id), style=Style.DANGER)
    return Message(text, ((yes,), (Button(t.plain("No, I come"), MyShift(slot.shift_id), style=Style.GO),)))


def taken(t: Translator, changed: Changed) -> Message:
    """Confirm to whoever took a place over that it is theirs, or will be, with the way back."""
    slot = changed.slot
    values = {"place": name(slot.place), "when": when(t, slot)}
    if changed.what == "agreed":
        text = t.say("You would take over: <b>{place}</b>, {when}. A coordinator has to approve first.", **values)
        return Message(text, (_ways_on(t),))
    text = t.say("You took over: <b>{place}</b>, {when}. Thank you!", **values)
    undo = Button(t.plain("↩ Undo (60 s)"), UndoCover(SearchId(changed.search_id)))
    show = Button(t.plain("Show my shift"), MyShift(slot.shift_id))
    return Message(text, ((show, undo), _ways_on(t)))


def given_back(t: Translator, slot: Slot) -> Message:
    """Confirm that a place taken over by a slip is the other's again."""
    text = t.say("Undone: <b>{place}</b>, {when} is not yours.", place=name(slot.place), when=when(t, slot))
    return Message(text, (_ways_on(t),))


def answered(t: Translator, changed: Changed) -> Message:
    """Confirm a coordinator's answer."""
    values = {"place": name(changed.slot.place), "when": when(t, changed.slot)}
    if changed.what == "cover_approved":
        text = t.say("Approved: <b>{place}</b>, {when}. Both are told.", **values)
    else:
        text = t.say("Not approved: <b>{place}</b>, {when}. Both are told, and I go on looking.", **values)
    return Message(text, (_who(t, changed.slot),))


def _ways_on(t: Translator) -> Row:
    return (Button(t.plain("« My shifts"), MyShifts()), Button(t.plain("⌂ Start"), Home()))


def _who(t: Translator, slot: Slot) -> Row:
    return (Button(t.plain("Who is on this shift"), ShiftRoster(slot.shift_id)),)


def _mine(t: Translator, slot: Slot) -> Row:
    return (Button(t.plain("Show my shift"), MyShift(slot.shift_id)),)


def _values(t: Translator, told: Told) -> dict[str, str]:
    return {
        "place": name(told.slot.place),
        "when": when(t, told.slot),
        "about": name(told.about),
        "cover": name(told.cover),
    }


def _search(told: Told) -> SearchId:
    return SearchId(str(told.facts.get("search_id")))


def _asked(t: Translator, told: Told) -> Message:
    text = t.say(
        "{about} cannot come: <b>{place}</b>, {when}. Could you take over? If not, you need do nothing.",
        **_values(t, told),
    )
    return Message(text, ((Button(t.plain("✓ I take it over"), TakeCover(_search(told)), style=Style.GO),),))


def _taken(t: Translator, told: Told) -> Message:
    if told.about:
        text = t.say("Approved, the place is yours: <b>{place}</b>, {when}. Thank you!", **_values(t, told))
        return Message(text, (_mine(t, told.slot),))
    text = t.say("{cover} takes over from you: <b>{place}</b>, {when}. You need not come.", **_values(t, told))
    return Message(text, (_ways_on(t),))


def _refused(t: Translator, told: Told) -> Message:
    if told.about:
        text = t.say("A coordinator decided otherwise: <b>{place}</b>, {when}. You need not come.", **_values(t, told))
        return Message(text, (_ways_on(t),))
    text = t.say(
        "A coordinator did not approve that {cover} takes over: <b>{place}</b>, {when}. "
        "It stays yours, and I go on looking.",
        **_values(t, told),
    )
    return Message(text, (_mine(t, told.slot),))


def _undone(t: Translator, told: Told) -> Message:
    text = t.say(
        "{cover} cannot take over after all: <b>{place}</b>, {when} is yours again. I go on looking.",
        **_values(t, told),
    )
    return Message(text, (_mine(t, told.slot),))


def _failed(t: Translator, told: Told) -> Message:
    text = t.say(
        "Nobody took over: <b>{place}</b>, {when} is still yours and begins now. Please speak to a coordinator.",
        **_values(t, told),
    )
    return Message(text, (_mine(t, told.slot),))


def _leads_sought(t: Translator, told: Told) -> Message:
    text = t.say("{about} cannot come: <b>{place}</b>, {when}. I am asking people who are free.", **_values(t, told))
    return Message(text, (_who(t, told.slot),))


def _leads_agreed(t: Translator, told: Told) -> Message:
    text = t.say("{cover} would take over from {about}: <b>{place}</b>, {when}. Is that all right?", **_values(t, told))
    yes = Button(t.plain("Yes, approve"), AnswerCover(_search(told), yes=True), style=Style.GO)
    return Message(text, ((yes, Button(t.plain("No"), AnswerCover(_search(told), yes=False))), _who(t, told.slot)))


def _leads_failed(t: Translator, told: Told) -> Message:
    text = t.say(
        "Nobody took over from {about}, who said they cannot come: <b>{place}</b>, {when}. It begins now.",
        **_values(t, told),
    )
    return Message(Html(text), (_who(t, told.slot),))


TOLD: Mapping[str, Callable[[Translator, Told], Message]] = {
    "cover_asked": _asked,
    "cover_taken": _taken,
    "cover_refused": _refused,
    "cover_undone": _undone,
    "cover_failed": _failed,
    "leads_cover_sought": _leads_sought,
    "leads_cover_agreed": _leads_agreed,
    "leads_cover_failed": _leads_failed,
}
