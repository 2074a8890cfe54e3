"""Waiting longer each time something outside fails."""

from __future__ import annotations

import random
from collections.abc import Callable


class Backoff:
    """Growing waits in seconds, doubled from `first` to `longest`, each shortened at random by up to a half."""

    def __init__(self, first: float, longest: float, jitter: Callable[[], float] = random.random) -> None:
        self._first = first
        self._longest = longest
        self._jitter = jitter
        self.failures = 0

    def next(self) -> float:
        """Return how long to wait now."""
        wait = min(self._longest, self._first * 2.0 ** min(self.failures, 30))
        self.failures += 1
        return wait * (0.5 + self._jitter() / 2)

    def reset(self) -> None:
        """Begin anew with the shortest wait."""
        self.failures = 0
