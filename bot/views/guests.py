"""Words for whom somebody brings to a shift."""

from __future__ import annotations

from bot.domain.commands import Home, MyShift
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
