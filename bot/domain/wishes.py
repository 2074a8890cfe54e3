"""When somebody wants to be reminded of their shifts: at moments before them, never in quiet hours.

A moment is a short text, in the store and on buttons alike: '1@19:00' is 19:00 on the local day before, '0@07:00' the
same day, '120' two hours (in minutes) before the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import local_day
from bot.domain.quiet import Night, before_the_night
from bot.domain.when.local import instant

EVENING_BEFORE = "1@19:00"
MOST_MOMENTS = 3
MOST_DAYS = 7
JUST_ASKED = timedelta(hours=3)  # whoever was asked within that time is not asked again
SHORTEST, LONGEST = 15, MOST_DAYS * 24 * 60  # minutes before the start
_MOMENT = re.compile(r"(?P<days>[0-7])@(?P<at>(?:[01]\d|2[0-3]):[0-5]\d)|(?P<minutes>[1-9]\d{0,4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person wants otherwise than their community; None everywhere: nothing.

    `moments` are their own, empty: no reminders. `only_first`: the first of them, and no further question. `quiet` are
    their own quiet hours ('22:00-07:00', empty: none), `zone` is whose clocks they live by.
    """

    moments: tuple[str, ...] | None = None
    only_first: bool = False
    quiet: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How one person is reminded in one community: by whose clocks, when, and when not.

    `asks` are so long before the start, with the keys of their rungs: then whoever has not answered is asked once more.
    """

    zone: ZoneInfo
    moments: tuple[str, ...] = (EVENING_BEFORE,)
    only_first: bool = False
    asks: tuple[tuple[str, timedelta], ...] = ()
    night: Night | None = None

    def reminders(self, start: datetime) -> list[tuple[str, datetime]]:
        """Return the moments before a shift with their instants, in order; none that is not before it."""
        found = [(moment, self._awake(_instant(moment, start, self.zone))) for moment in self.moments]
        found = sorted(((moment, due) for moment, due in found if due < start), key=lambda pair: (pair[1], pair[0]))
        return found[:1] if self.only_first else found

    def questions(self, start: datetime) -> list[tuple[str, datetime]]:
        """Return when whoever has not answered is asked once more: not shortly after a reminder, which asks as well.

        Nobody who wants no reminder is asked.
        """
        return self.questions_after(self.reminders(start), start)

    def questions_after(self, reminders: list[tuple[str, datetime]], start: datetime) -> list[tuple[str, datetime]]:
        """Return the same where the reminders of that start are known already."""
        asks = () if self.only_first or not self.moments else self.asks
        found = [(key, self._awake(start - before)) for key, before in asks]
        return [
            (key, at) for key, at in found if not any(timedelta(0) <= at - due <= JUST_ASKED for _, due in reminders)
        ]

    def _awake(self, due: datetime) -> datetime:
        return before_the_night(due, self.zone, self.night)


def checked_moments(moments: Iterable[str]) -> tuple[str, ...] | None:
    """Return the moments, each once, or None if one of them is none or there are too many."""
    found = tuple(dict.fromkeys(moments))
    return found if len(found) <= MOST_MOMENTS and all(_is_moment(m) for m in found) else None


def parts_of(moment: str) -> tuple[int, time | None]:
    """Return (days before, local time), or (minutes before, None)."""
    days, _, at = moment.partition("@")
    return int(days), time.fromisoformat(at) if at else None


def _is_moment(text: str) -> bool:
    read = _MOMENT.fullmatch(text)
    return read is not None and (read["minutes"] is None or SHORTEST <= int(read["minutes"]) <= LONGEST)


def _instant(moment: str, start: datetime, zone: ZoneInfo) -> datetime:
    number, at = parts_of(moment)
    if at is None:
        return start - timedelta(minutes=number)
    return instant(local_day(start, zone) - timedelta(days=number), at, zone)


def night_of(text: str) -> Night | None:
    """Return the quiet hours that a text holds; None of an empty one."""
    if not text:
        return None
    begin, end = (time.fromisoformat(part) for part in text.split("-"))
    return begin, end
