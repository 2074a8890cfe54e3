"""Rules of recurrence (RFC 5545) as a port: a library reads them, the domain asks for local days only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class Recurrence(Protocol):
    """Expands rules into days of the calendar; hours, zones and clock changes are the domain's."""

    def days(self, rule: str, anchor: date, begin: date, end: date) -> Sequence[date]:
        """Return the days of the rule ('FREQ=WEEKLY;BYDAY=SA', counted from `anchor`) in [begin, end), in order.

        Raises bot.domain.life_errors.RuleInvalid.
        """
