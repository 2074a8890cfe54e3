"""The message in which a group is asked to fill shifts."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.commands import ClaimShift
from bot.domain.days import local_day
from bot.domain.gap_outcomes import GapCard
from bot.domain.outcomes import Slot
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Style
from bot.views.parts import fitting, label, name, places, when
from bot.views.role_parts import fill

MOST_BUTTONS = 24
LABEL = 16  # characters of a place or a role on a button
LONGEST = 3500  # characters; Telegram allows 4096 after parsing


def gap_card(t: Translator, shown: GapCard) -> Message:
    """Return what is short of people in the coming days, with a button for each shift or role to claim."""
    title = Html(f"<b>{t.say('🙋 People are needed')}</b>")
    if shown.over:
        return Message(f"{title}\n\n{t.say('There is a newer list further down.')}")
    if not shown.slots:
        return Message(f"{title}\n\n{t.say('All of these shifts have enough people now. Thank you!')}")
    blocks = [_row(t, slot) for slot in shown.slots]
    fit = fitting(blocks, LONGEST)
    left = len(blocks) - fit
    more = [t.count("+{n} more shift", "+{n} more shifts", left)] if left else []
    buttons = [button for slot in shown.slots[:fit] for button in _buttons(t, slot)][:MOST_BUTTONS]
    everything = Button(t.plain("All open shifts"), start="shifts")
    rows = (*((button,) for button in buttons), (everything,))
    return Message("\n\n".join([title, *blocks[:fit], *more]), rows)


def _row(t: Translator, slot: Slot) -> str:
    head = t.say("<b>{when}</b> · {place}", when=when(t, slot), place=name(slot.place))
    missing = [fill(t, role) for role in slot.roles if role.missing]
    return "\n".join([head, *(missing or [places(t, slot)])])


def _buttons(t: Translator, slot: Slot) -> list[Button]:
    zone = ZoneInfo(slot.zone)
    words = t.plain(
        "I'll come: {day} {time}, {place}",
        day=t.day(local_day(slot.start, zone)),
        time=t.clock(slot.start, zone),
        place=label(slot.place, longest=LABEL),
    )
    claim = ClaimShift(slot.shift_id)
    if not slot.roles:
        return [Button(words, claim, style=Style.GO)]
    missing = [role for role in slot.roles if role.missing and role.free]
    return [
        Button(
            t.plain("{words} · {role}", words=words, role=label(role.name, longest=LABEL)),
            replace(claim, role=role.key),
            style=Style.GO,
        )
        for role in missing
    ]
