"""A month of hours as a CSV file that spreadsheets open: UTF-8 with a mark, times in the community's zone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from zoneinfo import ZoneInfo

from bot.domain.duty_outcomes import HoursLine

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so would be computed when the file is opened


def hours_file(lines: Sequence[HoursLine], head: Sequence[str]) -> bytes:
    """Return the file's bytes; `head` names the seven columns. Hours are decimals with two places."""
    text = StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(head)
    for line in lines:
        rows.writerow([_cell(line.person), _cell(line.place), *_times(line), *_hours(line)])
    return text.getvalue().encode("utf-8-sig")


def _times(line: HoursLine) -> list[str]:
    zone = ZoneInfo(line.zone)
    return [f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at is not None else "" for at in (line.start, line.end)]


def _hours(line: HoursLine) -> list[str]:
    return [f"{minutes / 60:.2f}" for minutes in (line.minutes, line.night, line.credited)]


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
