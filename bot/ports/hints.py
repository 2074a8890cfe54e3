"""Word to delivery that something was committed; only ever a hint, lost without harm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.ids import CheckpointId


@dataclass(frozen=True, slots=True)
class Touched:
    """A checkpoint's local day that may look different now."""

    checkpoint_id: CheckpointId
    day: date


class Hints(Protocol):
    """Takes hints; must not block or fail."""

    def touched(self, days: Collection[Touched]) -> None:
        """Some days changed: their cards want a look."""

    def owed(self) -> None:
        """The outbox has new rows."""

    def falls_due(self) -> None:
        """Something was planned that falls due within minutes."""
