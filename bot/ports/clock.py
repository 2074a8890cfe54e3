"""Time as a port: nothing else in the product asks the machine what time it is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC, in whole seconds."""

    def monotonic(self) -> float:
        """Return seconds of a clock that never steps, for pacing and waiting."""

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds of that clock."""
