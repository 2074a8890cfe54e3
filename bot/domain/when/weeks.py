"""Weeks as people type them: `this week -> next week`, `11-30 -> 12-14`, `本周 -> 下周`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.when.changing import split_change
from bot.domain.when.errors import NotUnderstood

_WORDS = {
    **dict.fromkeys(("last week", "上周", "上星期"), -1),
    **dict.fromkeys(("this week", "本周", "这周", "这星期"), 0),
    **dict.fromkeys(("next week", "下周", "下星期"), 1),
    **dict.fromkeys(("week after next", "下下周", "下下星期"), 2),
}
_DAY = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-(?P<day>\d{1,2})")


def parse_weeks(text: str, *, today: date) -> tuple[date, date]:
    """Return the Mondays of the week to copy and of the one to copy it into; with one week only, this one is copied.

    A day names its week; without a year it is the nearest. Raises NotUnderstood.
    """
    before, behind = split_change(text)
    first, second = (before, behind) if behind else ("this week", before)
    return _monday(first, today), _monday(second, today)


def _monday(words: str, today: date) -> date:
    said = " ".join(words.casefold().split())
    day = today + timedelta(days=7 * _WORDS[said]) if said in _WORDS else _day(said, words, today)
    return day - timedelta(days=day.weekday())


def _day(said: str, words: str, today: date) -> date:
    read = _DAY.fullmatch(said)
    if read is None:
        raise NotUnderstood(words.strip(), "day")
    years = [int(read["year"])] if read["year"] else [today.year - 1, today.year, today.year + 1]
    days: list[date] = []
    for year in years:
        try:
            days.append(date(year, int(read["month"]), int(read["day"])))
        except ValueError:
            continue
    if not days:
        raise NotUnderstood(words.strip(), "day")
    return min(days, key=lambda day: abs(day - today))
