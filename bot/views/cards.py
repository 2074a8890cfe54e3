"""The live card of a checkpoint's day, as the group sees it."""

from __future__ import annotations

from bot.domain.commands import ClaimShift, JoinWaitlist
from bot.domain.outcomes import CardRow, DayCard
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Style
from bot.views.parts import hours, name, places

MOST_NAMES = 12  # per shift; the rest is folded into a number
MOST_BUTTONS = 24
LONGEST = 3800  # characters; Telegram allows 4096 after parsing


def card(t: Translator, shown: DayCard) -> Message:
    """Return the card: times, who is on, how many are missing, and a button per shift that can still be taken."""
    title = Html(f"<b>{t.say('{place}', place=name(shown.place))}</b> · {t.say('{day}', day=t.day(shown.day))}")
    if not shown.rows:
        return Message(f"{title}\n\n{t.say('No shifts on this day any more.')}")
    most = MOST_NAMES
    text = _text(t, title, shown, most)
    while len(text) > LONGEST and most:
        most //= 2
        text = _text(t, title, shown, most)
    buttons = [b for row in shown.rows if (b := _button(t, row))]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, min(len(buttons), MOST_BUTTONS), 2))
    mine = (Button(t.plain("My shifts"), start="mine"),)
    return Message(text[:LONGEST], (*rows, mine) if not shown.over else ())


def _text(t: Translator, title: str, shown: DayCard, most: int) -> str:
    return "\n\n".join([title, *(_row(t, row, most) for row in shown.rows)])


def _row(t: Translator, row: CardRow, most: int) -> str:
    span = hours(t, row.slot)
    if row.slot.cancelled:
        return f"<s>{span}</s> {t.say('cancelled')}"
    if row.over:
        state = t.say("over")
    elif row.started:
        state = Html(t.say("now") + f" · {places(t, row.slot)}")
    else:
        state = places(t, row.slot)
    return "\n".join([f"<b>{span}</b>  {state}", *_names(t, row.names, most)])


def _names(t: Translator, names: tuple[str, ...], most: int) -> list[str]:
    if not names:
        return []
    shown = ", ".join(t.say("{name}", name=name(n)) for n in names[:most])
    more = len(names) - most
    if more <= 0:
        return [shown]
    return [Html(shown + " ") + t.count("+{n} more", "+{n} more", more)]


def _button(t: Translator, row: CardRow) -> Button | None:
    if row.started or row.slot.cancelled:
        return None
    span = hours(t, row.slot)
    if row.slot.on >= row.slot.capacity:
        return Button(t.plain("Waitlist {hours}", hours=span), JoinWaitlist(row.slot.shift_id))
    return Button(t.plain("Claim {hours}", hours=span), ClaimShift(row.slot.shift_id), style=Style.GO)
