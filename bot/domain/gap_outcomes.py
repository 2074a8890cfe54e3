"""What a message that asks for people shows."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.outcomes import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCard:
    """What a group is asked to fill: shifts short of people, by start. `over`: there is a newer message."""

    language: str
    slots: tuple[Slot, ...]
    over: bool = False
