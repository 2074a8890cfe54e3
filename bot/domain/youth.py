"""People under 18: only the day they come of age is kept, no birthday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.rule_errors import DayOfAgeInvalid

_DAY = re.compile(r"\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*")
LONGEST = timedelta(days=18 * 366)


def day_of_age(text: str, *, today: date) -> date:
    """Return the day on which somebody turns 18, such as '2030-05-01' or '2030年5月1日'. Raises DayOfAgeInvalid."""
    read = _DAY.fullmatch(text)
    try:
        day = date(*map(int, read.groups())) if read else today
    except ValueError:
        raise DayOfAgeInvalid from None
    if not today < day <= today + LONGEST:
        raise DayOfAgeInvalid
    return day
