"""What the use cases of swaps answer."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import PersonId, SwapId
from bot.domain.outcomes import Slot
from bot.domain.swaps import SwapState


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapping:
    """A swap as its reader sees it: they give `gives` and get `gets`, from `other`.

    `asked_me`: the other asked the reader, not the reader the other. A coordinator with no part in it reads it as the
    asker does, whose name `asker` is. `what` says what was done: asked, done, agreed, declined and so on.
    """

    what: str
    swap_id: SwapId
    state: SwapState
    gives: Slot
    gets: Slot
    other: str
    asker: str = ""
    asked_me: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapChoice:
    """A place that could be had in exchange, and who has it."""

    slot: Slot
    person_id: PersonId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapChoicePage:
    """A page of the places that could be had for one's own. `approval`: a coordinator will have to approve."""

    slot: Slot
    choices: tuple[SwapChoice, ...]
    page: int
    pages: int
    approval: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapPage:
    """A page of the swaps that the reader asked for or was asked for, the newest first."""

    swaps: tuple[Swapping, ...]
    page: int
    pages: int
