"""What holds for every text: spans survive being written and read, nothing lies in the past, nothing is half read."""

from __future__ import annotations

import time as stopwatch
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.errors import DomainError
from bot.domain.when import (
    Ambiguous,
    NotUnderstood,
    instant,
    parse_day,
    parse_days,
    parse_hours,
    parse_places,
    parse_shift_line,
)
from bot.domain.when.source import find_name_at_start, read_source
from bot.domain.when.tokens import read_tokens
from bot.domain.when.vocabulary import CHINESE, CHINESE_UNITS, ENGLISH, ENGLISH_PHRASES, ENGLISH_UNITS

ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Asia/Kathmandu", "Asia/Tehran",
    "Africa/Casablanca", "Africa/Cairo", "America/Santiago", "Pacific/Apia", "Pacific/Chatham", "America/St_Johns",
]  # fmt: skip
NAMES = ("East Gate", "东门", "Gate 1")
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.integers(0, 4 * 365 * 86400).map(lambda s: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
clock_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
WEEKDAYS = "一二三四五六日"
NUMERALS = [
    "零",
    *"一二三四五六七八九",
    "十",
    *(f"十{c}" for c in "一二三四五六七八九"),
    "二十",
    "二十一",
    "二十二",
    "二十三",
]


def part_of_day(t: time) -> str:
    return "凌晨" if t.hour < 6 else "上午" if t.hour < 12 else "下午" if t.hour < 18 else "晚上"


def chinese(t: time) -> str:
    minutes = {0: "", 30: "半"}.get(t.minute, f"{t.minute:02d}分")
    return f"{part_of_day(t)}{(t.hour - 1) % 12 + 1}点{minutes}"


def numerals(t: time) -> str:
    return f"{NUMERALS[t.hour]}点" + (f"{t.minute:02d}分" if t.minute else "整")


def twelve(t: time) -> str:
    return f"{(t.hour - 1) % 12 + 1}:{t.minute:02d}{'am' if t.hour < 12 else 'pm'}"


Way = Callable[[date, time, time], str]

WAYS: list[Way] = [
    lambda d, a, b: f"{d} {a:%H:%M}-{b:%H:%M}",
    lambda d, a, b: f"{d:%a} {d.day} {d:%b %Y} {a:%H:%M} - {b:%H:%M}",
    lambda d, a, b: f"{d:%B} {d.day}, {d.year}, {twelve(a)} to {twelve(b)}",
    lambda d, a, b: f"from {twelve(a)} until {twelve(b)} on {d:%Y/%m/%d}",
    lambda d, a, b: f"{d.year}年{d.month}月{d.day}日 周{WEEKDAYS[d.weekday()]} {a:%H:%M}-{b:%H:%M}",
    lambda d, a, b: f"{d.year}年{d.month}月{d.day}日{chinese(a)}到{chinese(b)}",
    lambda d, a, b: f"{d}（星期{WEEKDAYS[d.weekday()]}）{numerals(a)}至{numerals(b)}",
]


@given(zones, moments, st.integers(1, 300), clock_times, clock_times, st.sampled_from(WAYS), st.integers(1, 200))
def test_a_shift_written_in_either_language_is_read_back(
    zone: ZoneInfo, now: datetime, ahead: int, start: time, end: time, way: Way, needed: int
) -> None:
    day = now.astimezone(zone).date() + timedelta(days=ahead)
    last = day if end > start else day + timedelta(days=1)
    expected = (instant(day, start, zone), instant(last, end, zone))
    assume(timedelta(0) < expected[1] - expected[0] <= timedelta(hours=24))
    # 一点到一点 is asked about; all other ways of writing leave no doubt
    assume(way is not WAYS[-1] or end > start or not {start.hour, end.hour} <= set(range(1, 13)))

    draft = parse_shift_line(f"东门 {way(day, start, end)} x{needed}", now=now, zone=zone, checkpoints=NAMES)

    assert [(s.start, s.end) for s in draft.spans] == [expected]
    assert (draft.checkpoint, draft.needed, draft.missing) == ("东门", needed, ())


WORDS = [
    *ENGLISH, *ENGLISH_PHRASES, *ENGLISH_UNITS, *CHINESE, *CHINESE_UNITS, *NUMERALS, *NAMES, "x3", "8", "12", "08:00",
    "24:00", "8.30pm", "3/4", "31.12.", "2026-12-01", "12-01", "周五", "下周一", "-", "–", "..", ",", "、", "(", "+1", ".", " ",
]  # fmt: skip
phrases = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda between: between.join(words)[:300])
)
texts = st.one_of(phrases, st.text(max_size=300), st.text("0123456789-:/.,x点月日 ", max_size=60))


@given(texts, zones, moments)
@example("0000-00-00 8-12", ZoneInfo("UTC"), datetime(2026, 1, 1, tzinfo=UTC))
@example("in 999 days 8-12", ZoneInfo("UTC"), datetime(2026, 1, 1, tzinfo=UTC))
@example("9999-12-31 22-6", ZoneInfo("UTC"), datetime(2026, 1, 1, tzinfo=UTC))
@example("9999天后 22-6", ZoneInfo("Pacific/Apia"), datetime(2026, 1, 1, tzinfo=UTC))
def test_any_text_is_read_into_the_future_or_refused_by_a_rule(text: str, zone: ZoneInfo, now: datetime) -> None:
    try:
        draft = parse_shift_line(text, now=now, zone=zone, checkpoints=NAMES)
    except DomainError:
        return
    assert all(now <= span.start < span.end <= span.start + timedelta(hours=24) for span in draft.spans)
    assert len(draft.spans) <= 100
    assert bool(draft.spans) == (not {"day", "time"} & set(draft.missing))
    assert list(draft.spans) == sorted(set(draft.spans), key=lambda span: (span.start, span.end))


@given(texts, zones, moments)
def test_the_answers_of_the_dialog_are_read_or_refused_by_a_rule(text: str, zone: ZoneInfo, now: datetime) -> None:
    today = now.astimezone(zone).date()
    for read in (lambda: parse_days(text, now=now, zone=zone), lambda: parse_hours(text), lambda: parse_places(text)):
        try:
            answer = read()
        except DomainError:
            continue
        assert answer
        assert all(day >= today for day in answer if isinstance(day, date))


@given(phrases, st.sampled_from(["foo", "bitte", "谢谢", "?", "8", "@"]))
def test_nothing_may_be_left_over(text: str, more: str) -> None:
    now, zone = datetime(2026, 11, 23, 10, tzinfo=UTC), ZoneInfo("UTC")
    line = f"东门 明天 8点到12点 3人 {text}"
    try:
        parse_shift_line(line, now=now, zone=zone, checkpoints=NAMES)
    except DomainError:
        return
    with pytest.raises(DomainError):
        parse_shift_line(f"{line} {more}"[:300], now=now, zone=zone, checkpoints=NAMES)


@given(phrases, zones, moments)
def test_each_choice_of_an_ambiguous_line_says_how_to_write_it_without_doubt(
    text: str, zone: ZoneInfo, now: datetime
) -> None:
    doubt = doubt_of(text, zone, now)
    for _ in range(12):  # each choice settles one part of the line
        if doubt is None:
            return
        assert len(doubt.choices) == len(doubt.rewrites) > 1
        further = [doubt_of(rewrite, zone, now) for rewrite in doubt.rewrites]
        doubt = next((each for each in further if each is not None), None)
    assert doubt is None


def doubt_of(text: str, zone: ZoneInfo, now: datetime) -> Ambiguous | None:
    try:
        parse_shift_line(text[:300], now=now, zone=zone, checkpoints=NAMES)
    except Ambiguous as doubt:
        return doubt
    except DomainError:
        return None
    return None


@given(st.text(max_size=120))
def test_every_character_belongs_to_a_token_or_is_a_space(text: str) -> None:
    source = read_source(text)
    left = source.folded
    for token in read_tokens(source.folded):
        left = left[: token.start] + " " * (token.end - token.start) + left[token.end :]
    assert not left.translate(str.maketrans("", "", "().! \t")).strip()
    assert len(source.origins) == len(source.folded)


@given(st.text(min_size=1, max_size=30))
def test_a_name_is_found_at_the_start_of_its_own_text(name: str) -> None:
    assume(read_source(name).folded)
    found = find_name_at_start(read_source(name), (name,))
    assert found is not None
    assert found.end == len(read_source(name).folded)


HOSTILE = [
    "8 ",
    "8-",
    "1.",
    "周",
    "明天",
    "08-12,",
    "12-01,",
    "mon,",
    "十",
    "in the ",
    "x",
    "1.1.",
    "a ",
    "ﷺ",
    "(",
    "every ",
    "8点半",
    "x3",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    """Half a second of processor time is a hundred times what it takes, and nothing for a runaway pattern."""
    text = (piece * 300)[:300]
    before = stopwatch.process_time()
    with suppress(DomainError):
        parse_shift_line(text, now=datetime(2026, 11, 23, tzinfo=UTC), zone=ZoneInfo("UTC"), checkpoints=NAMES * 10)
    assert stopwatch.process_time() - before < 0.5


def test_a_day_alone_is_one_day() -> None:
    with pytest.raises(NotUnderstood):
        parse_day("fri, sat", now=datetime(2026, 11, 23, tzinfo=UTC), zone=ZoneInfo("UTC"))
