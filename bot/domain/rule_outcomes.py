"""What the use cases of a community's rules answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import DomainError
from bot.domain.outcomes import Slot, Somebody


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What the community's rules say against putting a person on a shift, the gravest first; perhaps nothing."""

    slot: Slot
    person: Somebody
    warnings: tuple[DomainError, ...]
