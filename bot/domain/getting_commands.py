"""What buttons ask for when places change hands: offers, cover, swaps, standby, rules."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import SearchId, ShiftId


@dataclass(frozen=True, slots=True)
class AcceptOffer(Command):
    """I take the place that is offered to me; `sure` once the question about rest was answered."""

    shift_id: ShiftId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PassOffer(Command):
    """I do not want the place that is offered to me; ask the next in line."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class SeekCover(Command):
    """I cannot come: look for somebody to take my place."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class WithdrawCover(Command):
    """I come after all."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class TakeCover(Command):
    """I take that place over; `sure` once the question about rest was answered."""

    search_id: SearchId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class UndoCover(Command):
    """I did not mean to take it over."""

    search_id: SearchId


@dataclass(frozen=True, slots=True)
class AnswerCover(Command):
    """A coordinator approves a cover, or does not."""

    search_id: SearchId
    yes: bool


GETTING: tuple[type[Command], ...] = (
    AcceptOffer, PassOffer, SeekCover, WithdrawCover, TakeCover, UndoCover, AnswerCover,
)  # fmt: skip
