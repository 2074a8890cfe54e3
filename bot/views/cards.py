"""The live card of a checkpoint's day, as the group sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.commands import ClaimShift, JoinWaitlist
from bot.domain.getting_commands import TakeCover
from bot.domain.ids import SearchId
from bot.domain.outcomes import CardRow, DayCard
from bot.domain.roles import RoleFill
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Style
from bot.views.parts import brought, fitting, hours, label, listed, name, places
from bot.views.role_parts import fill

MOST_NAMES = 12  # per shift; the rest is folded into a number
MOST_BUTTONS = 24
LONGEST = 3800  # characters; Telegram allows 4096 after parsing


def card(t: Translator, shown: DayCard) -> Message:
    """Return the card: times, who is on, how many are missing, and a button per shift that can still be taken."""
    title = Html(f"<b>{t.say('{place}', place=name(shown.place))}</b> · {t.say('{day}', day=t.day(shown.day))}")
    if not shown.rows:
        return Message(f"{title}\n\n{t.say('No shifts on this day any more.')}")
    buttons = [b for row in shown.rows for b in _buttons(t, row)]
    text = _text(t, title, shown.rows)
    if shown.away is not None and buttons:
        text = f"{text}\n\n{_away(t, shown.away, ZoneInfo(shown.zone))}"
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, min(len(buttons), MOST_BUTTONS), 2))
    mine = (Button(t.plain("My shifts"), start="mine"),)
    return Message(text, (*rows, mine) if not shown.over else ())


def _away(t: Translator, away: tuple[datetime, datetime], zone: ZoneInfo) -> Html:
    """Say that presses were lost, with the day where the night lies between."""
    since, until = away
    same_day = since.astimezone(zone).date() == until.astimezone(zone).date()
    span = t.hours(since, until, zone) if same_day else t.when(since, until, zone)
    return t.say("⚠ I was away {when}. If you pressed a button then, please press it again.", when=span)


def _text(t: Translator, title: str, rows: tuple[CardRow, ...]) -> str:
    """Return all shifts with fewer and fewer names until they fit, and at last only as many shifts as fit."""
    for most in (MOST_NAMES, MOST_NAMES // 3, 0):
        blocks = [_row(t, row, most) for row in rows]
        shown = fitting(blocks, LONGEST - len(title))
        if shown == len(blocks):
            return "\n\n".join([title, *blocks])
    left = len(blocks) - shown
    return "\n\n".join([title, *blocks[:shown], t.count("+{n} more shift", "+{n} more shifts", left)])


def _row(t: Translator, row: CardRow, most: int) -> str:
    span = hours(t, row.slot)
    if row.slot.cancelled:
        return f"<s>{span}</s> {t.say('cancelled')}"
    if row.over:
        state = t.say("over")
    elif row.started:
        here = t.count("{n} there", "{n} there", row.slot.here)
        state = Html(t.say("now") + f" · {here} · {places(t, row.slot)}")
    else:
        state = places(t, row.slot)
    more = [t.say("🔁 Somebody cannot come: who takes over?")] if _takeable(row) else []
    if row.opens is not None:
        more.append(_opens(t, row.opens, ZoneInfo(row.slot.zone)))
    return "\n".join([f"<b>{span}</b>  {state}", *_people(t, row, most), *more])


def _opens(t: Translator, opens: datetime, zone: ZoneInfo) -> Html:
    day, clock = t.day(opens.astimezone(zone).date()), t.clock(opens, zone)
    return t.say("⏳ Claims open {day}, {clock}", day=day, clock=clock)


def _people(t: Translator, row: CardRow, most: int) -> list[str]:
    """Return who is on the shift; where it has roles, a line for each, with how it is filled until it is over."""
    names = _marked(t, row)
    if not row.slot.roles or row.over:
        return _names(t, names, most)
    lines: list[str] = []
    for role in row.slot.roles:
        theirs = [n for n, key in zip(names, row.roles, strict=True) if key == role.key]
        lines.append(fill(t, role, Html("".join(_names(t, theirs, most)))))
    return lines


def _takeable(row: CardRow) -> bool:
    return bool(row.wanted) and not row.started and not row.slot.cancelled


def _marked(t: Translator, row: CardRow) -> list[Html]:
    """Return who is on the shift, those who are there with a tick."""
    there = row.there or (False,) * len(row.names)
    hosts = row.hosts or ("",) * len(row.names)
    people = [brought(t, n, host) for n, host in zip(row.names, hosts, strict=True)]
    return [
        t.say("✓ {name}", name=person) if is_there else t.say("{name}", name=person)
        for person, is_there in zip(people, there, strict=True)
    ]


def _names(t: Translator, names: Sequence[Html], most: int) -> list[str]:
    if not names:
        return []
    shown = listed(t, names[:most])
    more = len(names) - most
    if more <= 0:
        return [shown]
    folded = t.count("+{n} more", "+{n} more", more)
    return [f"{shown} {folded}" if shown else folded]


def _buttons(t: Translator, row: CardRow) -> list[Button]:
    if row.started or row.slot.cancelled:
        return []
    span = hours(t, row.slot)
    if _takeable(row):
        return [Button(t.plain("Take over {hours}", hours=span), TakeCover(SearchId(row.wanted[0])), style=Style.GO)]
    if row.opens is not None:
        return []
    if row.slot.full:
        return [Button(t.plain("Waitlist {hours}", hours=span), JoinWaitlist(row.slot.shift_id))]
    claim = ClaimShift(row.slot.shift_id)
    if not row.slot.roles:
        return [Button(t.plain("Claim {hours}", hours=span), claim, style=Style.GO)]
    free = [r for r in row.slot.roles if r.free]
    return [Button(_claim_role(t, span, r), replace(claim, role=r.key), style=Style.GO) for r in free]


def _claim_role(t: Translator, span: str, role: RoleFill) -> str:
    return t.plain("Claim {hours} · {role}", hours=span, role=label(role.name))
