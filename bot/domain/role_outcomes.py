"""What the use cases of roles answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.outcomes import Slot, Somebody


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    """The roles of a shift, for a person who is `on` it and is to have another, or is to be put on it."""

    slot: Slot
    person: Somebody
    on: bool
