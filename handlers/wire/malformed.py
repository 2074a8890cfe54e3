"""What Telegram's answers hold that is no update: put aside once, however often it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.delivery.backoff import Backoff
from handlers.wire.receiver import Intake, number_of


class Malformed:
    """Knows what the last answer held that has no number.

    It cannot be confirmed by itself, only by a later update. Until then Telegram answers with it, and at once.
    """

    def __init__(self, intake: Intake, jitter: Callable[[], float]) -> None:
        self._intake = intake
        self._known: list[Any] = []  # no more than one answer holds
        self._stuck = Backoff(0.5, 5.0, jitter)

    async def part(self, updates: list[Any]) -> tuple[list[dict[str, Any]], float]:
        """Put aside what is new and no update; return the updates, and for how many seconds not to ask again."""
        malformed = [raw for raw in updates if number_of(raw) is None]
        new = [raw for raw in malformed if raw not in self._known]
        for raw in new:
            await self._intake.take(raw)
        self._known = malformed
        if updates and malformed == updates and not new:
            return [], self._stuck.next()
        self._stuck.reset()
        return [raw for raw in updates if number_of(raw) is not None], 0.0
