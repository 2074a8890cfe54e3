"""Every example of docs/reference/times-you-can-type.md does what the page says of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import DomainError
from bot.domain.when import parse_days, parse_hours, parse_places, parse_roles, parse_series_line, parse_shift_line

NOW, ZONE = datetime(2026, 11, 23, 10, tzinfo=UTC), ZoneInfo("UTC")
PAGE = (Path(__file__).parents[2] / "docs/reference/times-you-can-type.md").read_text(encoding="utf-8")


def examples(section: str) -> list[tuple[str, str]]:
    """Each example in the first column of a section's table, with the second column."""
    text = PAGE.split(f"## {section}")[1].split("\n## ")[0]
    rows = [row.split("|") for row in text.splitlines() if row.startswith("| `")]
    return [(example, row[2].strip()) for row in rows for example in re.findall(r"`([^`]+)`", row[1])]


@pytest.mark.parametrize("text", [text for text, _ in examples("Whole lines")])
def test_a_whole_line_of_the_page_makes_shifts(text: str) -> None:
    draft = parse_shift_line(text, now=NOW, zone=ZONE, checkpoints=("East Gate", "North Gate", "东门"))

    assert draft.spans
    assert not {"day", "time"} & set(draft.missing)


@pytest.mark.parametrize("text", [text for text, _ in examples("Series") if not text.startswith("/")])
def test_a_series_of_the_page_is_read_whole(text: str) -> None:
    draft = parse_series_line(text, now=NOW, zone=ZONE, checkpoints=("East Gate", "North Gate", "东门"))

    assert draft.repetition
    assert draft.hours
    assert draft.needed


@pytest.mark.parametrize("text", [text for text, _ in examples("Days")])
def test_a_day_of_the_page_is_read(text: str) -> None:
    assert parse_days(text, now=NOW, zone=ZONE)


@pytest.mark.parametrize("text", [text for text, _ in examples("Hours")])
def test_the_hours_of_the_page_are_read(text: str) -> None:
    assert parse_hours(text)


@pytest.mark.parametrize("text", [text for text, _ in examples("People")])
def test_the_places_of_the_page_are_read(text: str) -> None:
    assert parse_places(text).needed == (3 if "3" in text or "三" in text else 2)


@pytest.mark.parametrize("text", [text for text, _ in examples("Roles")])
def test_the_roles_of_the_page_are_read(text: str) -> None:
    said = parse_roles(text)

    assert said[0].name in ("duty", "执勤")
    assert said[0].needed == 2


@pytest.mark.parametrize(("text", "answer"), examples("What is asked or refused"))
def test_what_the_page_says_is_refused_is_refused_for_that_reason(text: str, answer: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse_shift_line(text, now=NOW, zone=ZONE, checkpoints=())

    assert answer.startswith(type(caught.value).__name__)
