"""Words for whom somebody brings to a shift."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.commands import Home, MyShift, MyShifts
from bot.domain.outcomes import Told
from bot.domain.rule_commands import GuestHere, NewGuest, ReleaseGuest
from bot.domain.rule_outcomes import GuestPage
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import label, name, when


def page(t: Translator, shown: GuestPage) -> Message:
    """Return whom the reader brings, with buttons to bring somebody, to give a place back, or to say they are here."""
    slot = shown.slot
    lines: list[str] = [
        t.say("<b>{place}</b>, {when}", place=name(slot.place), when=when(t, slot)),
        _about(t, shown),
    ]
    rows: list[Row] = []
    for guest, there in zip(shown.guests, shown.there, strict=True):
        mark = "✓" if there else "•"
        lines.append(t.say("{mark} {name}", mark=mark, name=name(guest.name)))
        if shown.check_in and not there:
            here = Button(
                label(t.plain("✓ {name} is here", name=label(guest.name))), GuestHere(slot.shift_id, guest.person_id)
            )
            rows.append((here,))
        if shown.open:
            back = Button(label(t.plain("✕ {name}", name=guest.name)), ReleaseGuest(slot.shift_id, guest.person_id))
            rows.append((back,))
    if shown.room:
        rows.append((Button(t.plain("＋ Bring somebody"), NewGuest(slot.shift_id), style=Style.GO),))
    rows.append((Button(t.plain("« My shift"), MyShift(slot.shift_id)), Button(t.plain("⌂ Start"), Home())))
    return Message(Html("\n".join(lines)), tuple(rows))


def _released(t: Translator, told: Told) -> Message:
    text = t.count(
        "The place of the neighbour you brought was given back: <b>{place}</b>, {when}. Please tell them.",
        "The places of {n} neighbours you brought were given back: <b>{place}</b>, {when}. Please tell them.",
        int(told.facts.get("people") or 1),
        place=name(told.slot.place),
        when=when(t, told.slot),
    )
    return Message(text, ((Button(t.plain("✔ My shifts"), MyShifts()),),))


def _about(t: Translator, shown: GuestPage) -> str:
    if not shown.most:
        return t.say("Nobody brings guests here: your community has agreed so.")
    if shown.guests:
        return t.say("With you come:")
    return t.count(
        "You can bring {n} neighbour without Telegram. They count, and you look after them.",
        "You can bring {n} neighbours without Telegram. They count, and you look after them.",
        shown.most,
    )


TOLD: Mapping[str, Callable[[Translator, Told], Message]] = {"guests_released": _released}
