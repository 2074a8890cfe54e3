"""Rules of recurrence, read by python-dateutil.

Imported by `bot.app` only; everything else is given a `bot.ports.recurrence.Recurrence`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from bot.domain.life_errors import RuleInvalid
from bot.domain.series import checked_rule


class Rules:
    """Satisfies `bot.ports.recurrence.Recurrence`. Days are expanded at midnight without a zone: no clock changes."""

    def days(self, rule: str, anchor: date, begin: date, end: date) -> Sequence[date]:
        """Return the rule's days in [begin, end), in order. Raises RuleInvalid."""
        midnight = time()
        try:
            found = rrulestr(f"RRULE:{checked_rule(rule)}", dtstart=datetime.combine(anchor, midnight))
            last = datetime.combine(end, midnight) - timedelta(days=1)
            return [moment.date() for moment in found.between(datetime.combine(begin, midnight), last, inc=True)]
        except ValueError:
            raise RuleInvalid from None
