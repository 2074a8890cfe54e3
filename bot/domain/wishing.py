"""Moments before a shift as people type them: 'the evening before at 19:00', '2 hours before', '前一天晚上7点'.

And what people wish about their own reminders, as (key, value): 'when' is AS (as the community agreed), FIRST (only the
first reminder), OFF, or moments separated by commas; 'quiet' is AS, OFF or '22:00-07:00'; 'zone' is AS or a zone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.communities import OFFERED_ZONES, checked_zone
from bot.domain.quiet import LONGEST_NIGHT, minutes_of
from bot.domain.rule_errors import WishUnread
from bot.domain.when import LineRefused, parse_hours
from bot.domain.when.clocks import read_clock
from bot.domain.when.cursor import Cursor
from bot.domain.when.numerals import NUMERAL, value_of
from bot.domain.when.parse import tidy_source
from bot.domain.when.vocabulary import Kind
from bot.domain.wishes import Wishes, checked_moments, night_of

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
WHEN, QUIET, ZONE = "when", "quiet", "zone"
WISHES = (WHEN, QUIET, ZONE)
AS, FIRST, OFF = "as", "first", "off"
_KEYS = {
    QUIET: ("quiet hours", "quiet", "免打扰时段", "免打扰", "安静"),
    ZONE: ("time zone", "timezone", "zone", "时区"),
}
_WORDS = {
    **dict.fromkeys(("as agreed", "agreed", "default", "reset", "按约定", "按社区约定", "默认", "恢复默认"), AS),
    **dict.fromkeys(
        ("only the first", "the first", "first", "once", "只要第一次", "只提醒一次", "一次", "一次就好"), FIRST
    ),
    **dict.fromkeys(
        ("off", "none", "no", "never", "stop", "关", "关闭", "不要", "不用", "不用提醒", "不要提醒", "不提醒", "不设"),
        OFF,
    ),
}
_EVENINGS = ("evening", "night")


def read_wish(text: str) -> tuple[str, str]:
    """Return the wish that a line says. Raises WishUnread."""
    said = " ".join(text.casefold().split())
    for key, names in _KEYS.items():
        name = next((n for n in names if said.startswith(n)), None)
        if name is not None:
            rest = text.strip()[len(name) :].strip(" :：")
            return key, _quiet(rest) if key == QUIET else _zone(rest)
    if said in _WORDS:
        return WHEN, _WORDS[said]
    moments = read_moments(said)
    if moments is None:
        raise WishUnread(text[:40])
    return WHEN, ",".join(moments)


def wished(wishes: Wishes, key: str) -> str:
    """Return a person's wish as text."""
    if key == QUIET:
        return AS if wishes.quiet is None else wishes.quiet or OFF
    if key == ZONE:
        return wishes.zone or AS
    if wishes.only_first:
        return FIRST
    return AS if wishes.moments is None else ",".join(wishes.moments) or OFF


def with_wish(wishes: Wishes, key: str, value: str) -> Wishes:
    """Return the wishes with one of them as the text says. Raises WishUnread, ZoneUnknown."""
    if key == ZONE:
        return replace(wishes, zone=None if value == AS else checked_zone(value))
    if key == QUIET:
        return replace(wishes, quiet=None if value == AS else "" if value == OFF else _checked_night(value))
    if key != WHEN:
        raise WishUnread(key[:40])
    if value in (AS, FIRST, OFF):
        return replace(wishes, moments=() if value == OFF else None, only_first=value == FIRST)
    moments = checked_moments(value.split(","))
    if moments is None:
        raise WishUnread(value[:40])
    return replace(wishes, moments=moments, only_first=False)


def _checked_night(value: str) -> str:
    try:
        night = night_of(value)
    except ValueError:
        raise WishUnread(value[:40]) from None
    if night is None or minutes_of(night) > LONGEST_NIGHT:
        raise WishUnread(value[:40])
    return f"{night[0]:%H:%M}-{night[1]:%H:%M}"


def _quiet(said: str) -> str:
    word = _WORDS.get(said.casefold())
    if word in (AS, OFF):
        return word
    try:
        spans = parse_hours(said)
    except LineRefused:
        raise WishUnread(said[:40]) from None
    if len(spans) != 1:
        raise WishUnread(said[:40])
    return _checked_night(f"{spans[0][0]:%H:%M}-{spans[0][1]:%H:%M}")


def _zone(said: str) -> str:
    if _WORDS.get(said.casefold()) == AS:
        return AS
    city = said.casefold().replace(" ", "_")
    return next((zone for zone in OFFERED_ZONES if zone.casefold().endswith(f"/{city}")), None) or checked_zone(said)


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
