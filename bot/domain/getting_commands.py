"""What buttons ask for when places change hands: offers, cover, swaps, standby, rules."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CommunityId, PersonId, SearchId, ShiftId, SwapId


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


@dataclass(frozen=True, slots=True)
class SwapChoices(Command):
    """Which places could I have for mine in this shift? Pages count from 0."""

    shift_id: ShiftId
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskSwap(Command):
    """I want to exchange my place for that person's in the other shift."""

    shift_id: ShiftId
    other_shift_id: ShiftId
    other_id: PersonId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSwap(Command):
    """I exchange my place as I was asked to, or do not; `sure` once the question about rest was answered."""

    swap_id: SwapId
    yes: bool
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ApproveSwap(Command):
    """A coordinator approves a swap, or does not."""

    swap_id: SwapId
    yes: bool


@dataclass(frozen=True, slots=True)
class WithdrawSwap(Command):
    """I no longer want the swap I asked for."""

    swap_id: SwapId


@dataclass(frozen=True, slots=True)
class UndoSwap(Command):
    """Each of us has again what we had."""

    swap_id: SwapId


@dataclass(frozen=True, slots=True)
class MySwaps(Command):
    """Which swaps did I ask for, and which was I asked for? Pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class FreePlaces(Command):
    """Somebody left the group: free every place they hold in shifts to come."""

    community_id: CommunityId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class KeepPlaces(Command):
    """Somebody left the group and comes to their shifts all the same."""

    community_id: CommunityId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class StandbyDays(Command):
    """On which days may I be called? Pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class AgreeStandby(Command):
    """I may be called on that local day (ISO)."""

    community_id: CommunityId
    day: str


@dataclass(frozen=True, slots=True)
class WithdrawStandby(Command):
    """I cannot be called on that day after all."""

    community_id: CommunityId
    day: str


@dataclass(frozen=True, slots=True)
class WhoStandsBy(Command):
    """Who may be called on that day?"""

    community_id: CommunityId
    day: str


@dataclass(frozen=True, slots=True)
class ComeStandby(Command):
    """I was called, and come."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class PassStandby(Command):
    """I was called, and cannot come."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class MyCalendar(Command):
    """All my shifts as one calendar file."""


GETTING: tuple[type[Command], ...] = (
    AcceptOffer, PassOffer, SeekCover, WithdrawCover, TakeCover, UndoCover, AnswerCover,
    SwapChoices, AskSwap, AnswerSwap, ApproveSwap, WithdrawSwap, UndoSwap, MySwaps,
    FreePlaces, KeepPlaces,
    StandbyDays, AgreeStandby, WithdrawStandby, WhoStandsBy, ComeStandby, PassStandby,
    MyCalendar,
)  # fmt: skip
