"""Pieces that many messages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import time
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.domain.commands import Command
from bot.domain.days import local_day
from bot.domain.getting_commands import AcceptOffer, PassOffer, StandbyDays
from bot.domain.outcomes import Slot
from bot.domain.when import Choice
from bot.i18n import Html, Translator, shown
from bot.ports.message import Button, Row, Style

# Reasons that every reader gets in their own language.
HOLIDAY, STORM = "@holiday", "@storm"
AGREED, NOBODY_ELSE = "@agreed", "@nobody"
ILL, TOO_MANY, LEFT = "@ill", "@many", "@left"
_EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
_WORKING_DAYS = (0, 1, 2, 3, 4)


def when(t: Translator, slot: Slot) -> str:
    """Return day and hours of a shift, and the reader's role where they have one."""
    span = t.when(slot.start, slot.end, ZoneInfo(slot.zone))
    return t.plain("{when} ({role})", when=span, role=name(slot.role)) if slot.role else span


def hours(t: Translator, slot: Slot) -> str:
    """Return the hours of a shift."""
    return t.hours(slot.start, slot.end, ZoneInfo(slot.zone))


def places(t: Translator, slot: Slot) -> Html:
    """Return how full a shift is, what it is short of, and whose it is."""
    filled = _filled(t, slot)
    if not slot.team or slot.cancelled:
        return filled
    return Html(f"{filled} · " + t.say("for {team}", team=name(slot.team)))


def _filled(t: Translator, slot: Slot) -> Html:
    if slot.cancelled:
        return t.say("cancelled")
    filled = f"{slot.on}/{slot.capacity}"
    if slot.full:
        full = _offered(t, slot, filled) if slot.offered else t.say("{filled} full ✓", filled=filled)
        waiting = t.count("{n} waiting", "{n} waiting", slot.waiting) if slot.waiting else ""
        return Html(f"{full} · {waiting}") if waiting else full
    filled = _offered(t, slot, filled) if slot.offered else filled
    if not slot.short:
        return t.say("{filled} enough, room for more", filled=filled)
    return Html(f"{filled} · " + t.count("<b>{n} missing</b>", "<b>{n} missing</b>", slot.short))


def _offered(t: Translator, slot: Slot, filled: str) -> Html:
    offered = t.count("offered to {n} person in line", "offered to {n} people in line", slot.offered)
    return Html(f"{filled} · {offered}")


def until(t: Translator, slot: Slot) -> str:
    """Return until when a place is offered to the reader: the time of day, and the day unless it is the shift's."""
    if slot.answer_by is None:
        return ""
    zone = ZoneInfo(slot.zone)
    day, clock = local_day(slot.answer_by, zone), t.clock(slot.answer_by, zone)
    return clock if day == local_day(slot.start, zone) else f"{t.day(day)} {clock}"


def answers(t: Translator, slot: Slot) -> Row:
    """Return the buttons that answer an offer."""
    return (
        Button(t.plain("✓ I take it"), AcceptOffer(slot.shift_id), style=Style.GO),
        Button(t.plain("No, ask the next"), PassOffer(slot.shift_id)),
    )


def seeking(t: Translator, asked: int) -> Html:
    """Return that somebody looks for cover, and how many were asked."""
    return t.count("looks for cover, {n} person asked", "looks for cover, {n} people asked", asked)


def standby(t: Translator) -> Button:
    """Return the button that leads to the days on which somebody may be called."""
    return Button(t.plain("☎ Stand by"), StandbyDays())


def name(text: str) -> str:
    """Return a stranger's name, fit for showing."""
    return shown(text)


def brought(t: Translator, person: str, host: str) -> str:
    """Return a name fit for showing, with whoever brings them, if anybody."""
    return t.plain("{name} (with {host})", name=name(person), host=name(host)) if host else name(person)


def label(text: str, *, longest: int = 40) -> str:
    """Return text fit for a button."""
    return shown(text, longest=longest)


def length(t: Translator, minutes: int) -> str:
    """Return '8 h', '45 min' or '1 h 30 min'."""
    hours, rest = divmod(minutes, 60)
    if not rest and hours:
        return t.plain("{hours} h", hours=hours)
    if not hours:
        return t.plain("{minutes} min", minutes=rest)
    return t.plain("{hours} h {minutes} min", hours=hours, minutes=rest)


def listed(t: Translator, items: Iterable[str]) -> str:
    """Return the items one after the other, as the language lists them."""
    return t.plain(", ").join(items)


def fitting(blocks: Sequence[str], longest: int) -> int:
    """Return how many of the blocks, from the first, fit into `longest` characters with an empty line between them."""
    return sum(length <= longest for length in accumulate(len(block) + 2 for block in blocks))


def pager(page: int, pages: int, turn_to: Callable[[int], Command]) -> tuple[Row, ...]:
    """Return a row to turn pages (numbered from 0), or nothing where there is one page only."""
    if pages <= 1:
        return ()
    row = [Button(f"{page + 1}/{pages}", turn_to(page))]
    if page > 0:
        row.insert(0, Button("◀", turn_to(page - 1)))
    if page < pages - 1:
        row.append(Button("▶", turn_to(page + 1)))
    return (tuple(row),)


def reading(t: Translator, option: Choice) -> str:
    """Return one reading of something ambiguous that was typed: a day, a clock time or hours."""
    if isinstance(option, tuple):
        return f"{option[0]:%H:%M}–{option[1]:%H:%M}"
    if isinstance(option, time):
        return f"{option:%H:%M}"
    return t.day(option)


def days_said(t: Translator, weekdays: Sequence[int], every: int) -> str:
    """Return on which days something comes again, such as 'Mon–Fri' or 'Sat, every 2 weeks'."""
    if tuple(weekdays) == _EVERY_DAY:
        said = t.plain("every day")
    elif tuple(weekdays) == _WORKING_DAYS:
        said = t.plain("{first} to {last}", first=t.weekday(0), last=t.weekday(4))
    else:
        said = t.plain("every {days}", days=listed(t, map(t.weekday, weekdays)))
    return said if every == 1 else t.count_plain("{days}, every week", "{days}, every {n} weeks", every, days=said)


def reason_said(t: Translator, reason: str) -> str:
    """Return why, in the reader's language where it is one of ours, else as it was typed; perhaps empty."""
    known = {
        HOLIDAY: t.plain("holiday"),
        STORM: t.plain("storm"),
        AGREED: t.plain("agreed with them"),
        NOBODY_ELSE: t.plain("nobody else is free"),
        ILL: t.plain("not well"),
        TOO_MANY: t.plain("fewer people are needed"),
        LEFT: t.plain("left the group"),
    }
    return known.get(reason) or (name(reason) if reason else "")
