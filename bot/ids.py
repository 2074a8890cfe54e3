"""New names from the machine's randomness."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 that are not mistaken for one another


class RandomIds:
    """Satisfies `bot.ports.ids.Ids`: five random bits a letter."""

    def fresh(self, length: int = 12) -> str:
        """Return a new name of `length` letters and digits."""
        return "".join(secrets.choice(_LETTERS) for _ in range(length))
