"""Rules of days, read back as people say them."""

from __future__ import annotations

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def days_said(rule: str) -> tuple[tuple[int, ...], int]:
    """Return the weekdays (0 is Monday) of a rule, and every how many weeks they come.

    A rule that is not said so (every third day, a day of the month) has no weekdays.
    """
    parts = dict(part.split("=") for part in rule.split(";"))
    every = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "DAILY" and every == 1:
        return tuple(range(7)), 1
    if parts["FREQ"] != "WEEKLY" or "BYDAY" not in parts:
        return (), every
    return tuple(sorted(_DAYS.index(day) for day in parts["BYDAY"].split(","))), every
