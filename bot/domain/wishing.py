"""Moments before a shift as people type them: 'the evening before at 19:00', '2 hours before', '前一天晚上7点'."""

from __future__ import annotations

import re

from bot.domain.when import LineRefused
from bot.domain.when.clocks import read_clock
from bot.domain.when.cursor import Cursor
from bot.domain.when.numerals import NUMERAL, value_of
from bot.domain.when.parse import tidy_source
from bot.domain.when.vocabulary import Kind
from bot.domain.wishes import checked_moments

_NUMBER = rf"\d{{1,4}}|{NUMERAL}|半|an?|half an?"
_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "分", "分钟"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "时", "小时", "个小时", "钟头", "个钟头"), 60),
    **dict.fromkeys(("d", "day", "days", "天"), 24 * 60),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_APART = re.compile(r"\s*(?:[,，;；、+]|\band\b(?!\s*\d+\s*min)|和|以及)\s*")
_LENGTH = re.compile(rf"({_NUMBER})\s*({_UNIT})\s*(半)?\s*")
# A day before the shift, and what is said of the part of that day.
_DAY = re.compile(
    rf"(?:on )?(?:the )?(?:(?P<days>{_NUMBER}) days? before|(?P<before>evening|night|day) before|(?P<same>same day|"
    rf"day itself|morning)|(?:前|提前)(?P<zh>[一1两二2三3四4五5六6七7])(?:天|日)|"
    r"(?P<eve>前晚|前一晚|前夜)|(?P<day>当天|当日))"
    r"(?P<rest>.*)"
)
_EVENINGS = ("evening", "night")


def read_moments(text: str) -> tuple[str, ...] | None:
    """Return the moments a line names, as `bot.domain.wishes` holds them; None if one cannot be read."""
    said = [part for part in _APART.split(text.casefold().strip()) if part]
    read = [_moment(part) for part in said]
    moments = [moment for moment in read if moment is not None]
    return checked_moments(moments) if moments and len(moments) == len(read) else None


def _moment(said: str) -> str | None:
    return _before(said) or _on_a_day(said)


def _before(said: str) -> str | None:
    """Return 'so long before': 2 hours before, 90 min, 提前一小时半."""
    bare = (
        said.replace("个半小时", "小时半")
        .replace(" and ", " ")
        .removeprefix("提前")
        .removeprefix("开始前")
        .removeprefix("before")
        .strip()
    )
    for word in ("before the start", "before", "以前", "之前", "前"):
        bare = bare.removesuffix(word).strip()
    minutes, at = 0.0, 0
    while at < len(bare):
        found = _LENGTH.match(bare, at)
        if found is None:
            return None
        minutes += (_number(found[1]) + (0.5 if found[3] else 0)) * _UNITS[found[2]]
        at = found.end()
    return str(round(minutes)) if minutes else None


def _on_a_day(said: str) -> str | None:
    """Return 'at a time on a day before': the evening before at 7, 前一天晚上7点, 当天早上7点."""
    found = _DAY.fullmatch(said)
    if found is None:
        return None
    number = found["days"] or found["zh"]
    days = round(_number(number)) if number else 0 if found["same"] or found["day"] else 1
    evening = found["before"] in _EVENINGS or found["eve"] is not None
    clock = _clock(found["rest"].strip().removeprefix("at ").removeprefix("的"), evening=evening)
    return None if clock is None else f"{days}@{clock}"


def _clock(said: str, *, evening: bool) -> str | None:
    """Return a clock time as HH:MM; of two readings the one that is meant on an evening, else as it is written."""
    try:
        cursor = Cursor(tidy_source(said))
        read = read_clock(cursor)
    except LineRefused:
        return None
    if read is None or cursor.peek().kind is not Kind.END:
        return None
    minutes = read.value + (12 * 60 if evening and read.open and read.hour < 12 else 0)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" if minutes < 24 * 60 else None


def _number(text: str) -> float:
    if text in ("半", "half a", "half an"):
        return 0.5
    if text in ("a", "an"):
        return 1
    return float(text) if text.isascii() else value_of(text)
