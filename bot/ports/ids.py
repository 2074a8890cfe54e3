"""New identities as a port, so that tests can number them."""

from __future__ import annotations

from typing import Protocol


class Ids(Protocol):
    """Makes names that were never used before."""

    def fresh(self, length: int = 12) -> str:
        """Return a new name of `length` lower-case letters and digits."""
