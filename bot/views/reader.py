"""Who reads a text that the rules gave rise to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.i18n import Translator


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the text: their language, and the zone of the community it is about."""

    t: Translator
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def when(self, start: datetime, end: datetime) -> str:
        """Return day and hours in the reader's words."""
        return self.t.when(start, end, self.zone)


Text = Callable[[Reader, Any], str]
