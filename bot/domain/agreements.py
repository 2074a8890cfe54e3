"""What a community may agree on about its shifts: every rule with a key, what it can be, and sensible choices.

A value travels as text: minutes for a stretch of time, a number, '1' or '0' for yes or no, '22:00-06:00' for hours,
'1@19:00,120' for moments before a shift, and 'off' where a rule may be switched off. `bot.domain.agreeing` reads what
people type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.ladder import rungs_of
from bot.domain.quiet import LONGEST_NIGHT, minutes_of
from bot.domain.rule_errors import RuleNotKnown, RuleOutOfRange
from bot.domain.rules import ShiftRules
from bot.domain.wishes import EVENING_BEFORE, checked_moments

OFF = "off"
HOUR, DAY = 60, 24 * 60  # minutes


class Kind(StrEnum):
    """What a rule's value is."""

    SPAN = "span"  # minutes
    COUNT = "count"
    PERCENT = "percent"
    YES = "yes"
    HOURS = "hours"  # from a local time to another, perhaps past midnight
    MOMENTS = "moments"  # before a shift (`bot.domain.wishes`), separated by commas


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One rule. `lowest` and `highest` bound it, `unit` (minutes) is what a bare number counts for a span.

    `field` is the rule's in `ShiftRules` (two for hours), or `rung` the key of a step of the ladder. `off`: may be
    switched off.
    """

    key: str
    kind: Kind
    choices: tuple[str, ...]
    lowest: int = 0
    highest: int = 0
    unit: int = 1
    fields: tuple[str, ...] = ()
    rung: str = ""
    off: bool = False


def _span(key: str, choices: str, bounds: tuple[int, int], unit: int, *, field: str = "", **more: Any) -> Agreed:
    """Return a rule about a stretch of time: of a field of the rules, or of a `rung` of the ladder."""
    fields = (field,) if field else ()
    low, high = bounds
    return Agreed(
        key=key, kind=Kind.SPAN, choices=_words(choices), lowest=low, highest=high, unit=unit, fields=fields, **more
    )


def _count(key: str, choices: str, bounds: tuple[int, int], field: str, **more: Any) -> Agreed:
    low, high = bounds
    kind = Kind.PERCENT if field.endswith("percent") else Kind.COUNT
    return Agreed(key=key, kind=kind, choices=_words(choices), lowest=low, highest=high, fields=(field,), **more)


def _yes(key: str, field: str) -> Agreed:
    return Agreed(key=key, kind=Kind.YES, fields=(field,), choices=("1", "0"), highest=1)


def _hours(key: str, choices: str, *fields: str, off: bool = False) -> Agreed:
    return Agreed(key=key, kind=Kind.HOURS, fields=fields, choices=_words(choices), off=off)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


RULES: tuple[Agreed, ...] = (
    _span("opens", "off 4320 10080 20160 43200", (HOUR, 90 * DAY), DAY, field="opens_ahead", off=True),
    _count("day", "off 1 2 3", (1, 10), "most_a_day", off=True),
    _count("week", "off 1 2 3 5 7", (1, 50), "most_a_week", off=True),
    _span("rest", "0 240 360 480 600 720", (0, DAY), HOUR, field="rest"),
    _span("stretch", "360 480 600 720 960", (HOUR, DAY), HOUR, field="longest_stretch"),
    _count("newcomers", "0 1 2 3 5", (0, 20), "newcomer_shifts"),
    _count("guests", "0 1 2 3 5", (0, 10), "guests_each"),
    _span("team", "off 180 720 1440 2880 4320", (0, 30 * DAY), HOUR, field="team_first", off=True),
    _hours("minors", "06:00-22:00 07:00-21:00 08:00-20:00", "minors_from", "minors_until"),
    _span("minorsmax", "120 240 360 480", (HOUR, 12 * HOUR), HOUR, field="minors_longest"),
    _span("cutoff", "0 60 180 360 720 1440", (0, 7 * DAY), HOUR, field="release_cutoff"),
    _yes("cover", "approve_cover"),
    _yes("swap", "approve_swap"),
    Agreed(
        key="remind",
        kind=Kind.MOMENTS,
        choices=(EVENING_BEFORE, f"{EVENING_BEFORE},120", "1@18:00", "120", OFF),
        fields=("remind",),
        off=True,
    ),
    _hours("quiet", "21:00-07:00 22:00-07:00 23:00-06:00 off", "quiet_from", "quiet_until", off=True),
    _span("checkin", "5 15 30 60", (0, 3 * HOUR), 1, field="checkin_opens"),
    _span("late", "5 10 15 20", (0, 2 * HOUR), 1, field="late_after"),
    _span("ask", "60 120 180 240", (30, 12 * HOUR), HOUR, rung="soon"),
    _span("alarm", "0 5 10 15", (0, HOUR), 1, rung="missing"),
    _span("alarm2", "15 20 25 30", (5, 2 * HOUR), 1, rung="again"),
    _span("checkout", "5 10 15 30", (5, HOUR), 1, rung="out"),
    _span("close", "60 120 240 480", (30, 12 * HOUR), HOUR, rung="close"),
    _hours("night", "20:00-06:00 22:00-06:00 23:00-05:00", "night_from", "night_until"),
    _count("nightpay", "100 125 150 200", (100, 300), "night_percent"),
    _count("ahead", "7 14 21 28 42", (7, 60), "horizon_days"),
)
_BY_KEY = {rule.key: rule for rule in RULES}
TIMED = frozenset(
    {"remind", "quiet", "checkin", "opens", *(rule.key for rule in RULES if rule.rung)}
)  # what falls due is planned anew


def agreed(key: str) -> Agreed:
    """Return a rule by its key. Raises RuleNotKnown."""
    if key not in _BY_KEY:
        raise RuleNotKnown(key[:40])
    return _BY_KEY[key]


def value_of(rules: ShiftRules, rule: Agreed) -> str:
    """Return what a community agreed, as text."""
    if rule.rung:
        rung = next((r for r in rungs_of(rules) if r.key == rule.rung), None)
        return OFF if rung is None else _as_text(abs(rung.after))
    if rule.kind is Kind.HOURS:
        begin, end = (getattr(rules, field) for field in rule.fields)
        if begin is None:
            return OFF
        return f"{begin:%H:%M}-{end:%H:%M}"
    if rule.kind is Kind.MOMENTS:
        return ",".join(rules.remind) or OFF
    return _as_text(getattr(rules, rule.fields[0]))


def with_value(rules: ShiftRules, rule: Agreed, value: str) -> ShiftRules:
    """Return the rules with one of them as the text says. Raises RuleOutOfRange."""
    if value == OFF:
        if not rule.off:
            raise RuleOutOfRange(rule.key, value)
        return _changed(rules, {rule.fields[0]: () if rule.kind is Kind.MOMENTS else None})
    if rule.kind is Kind.MOMENTS:
        return _with_moments(rules, rule, value)
    if rule.kind is Kind.HOURS:
        return _with_hours(rules, rule, value)
    if not value.isascii() or not value.isdigit() or not rule.lowest <= int(value[:9]) <= rule.highest:
        raise RuleOutOfRange(rule.key, value[:40])
    if rule.rung:
        return _with_rung(rules, rule, timedelta(minutes=int(value)))
    read: dict[Kind, Callable[[int], Any]] = {Kind.SPAN: lambda n: timedelta(minutes=n), Kind.YES: bool}
    return _changed(rules, {rule.fields[0]: read.get(rule.kind, int)(int(value))})


def _changed(rules: ShiftRules, fields: dict[str, Any]) -> ShiftRules:
    return replace(rules, **fields)


def _with_rung(rules: ShiftRules, rule: Agreed, span: timedelta) -> ShiftRules:
    before = rule.key in ("ask", "checkout")
    moved = (replace(r, after=-span if before else span) if r.key == rule.rung else r for r in rungs_of(rules))
    return replace(rules, ladder=tuple(moved))


def _with_hours(rules: ShiftRules, rule: Agreed, value: str) -> ShiftRules:
    try:
        begin, end = (time.fromisoformat(part) for part in value.split("-"))
    except ValueError:
        raise RuleOutOfRange(rule.key, value[:40]) from None
    too_long = rule.key == "quiet" and minutes_of((begin, end)) > LONGEST_NIGHT
    if begin == end or too_long or (rule.key == "minors" and end < begin):
        raise RuleOutOfRange(rule.key, value[:40])
    return _changed(rules, dict(zip(rule.fields, (begin, end), strict=True)))


def _with_moments(rules: ShiftRules, rule: Agreed, value: str) -> ShiftRules:
    moments = checked_moments(value.split(","))
    if moments is None:
        raise RuleOutOfRange(rule.key, value[:40])
    return _changed(rules, {rule.fields[0]: moments})


def _as_text(value: object) -> str:
    if value is None:
        return OFF
    if isinstance(value, timedelta):
        return str(int(value.total_seconds()) // 60)
    return str(int(value)) if isinstance(value, (bool, int)) else str(value)
