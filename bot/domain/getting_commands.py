"""What buttons ask for when places change hands: offers, cover, swaps, standby, rules."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import ShiftId


@dataclass(frozen=True, slots=True)
class AcceptOffer(Command):
    """I take the place that is offered to me."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class PassOffer(Command):
    """I do not want the place that is offered to me; ask the next in line."""

    shift_id: ShiftId


GETTING: tuple[type[Command], ...] = (AcceptOffer, PassOffer)
