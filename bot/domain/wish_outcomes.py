"""What the use cases of one's own reminders answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.outcomes import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """How somebody is reminded in one community.

    `asks` are the minutes before a start at which whoever has not answered is asked once more, 0: nobody is. `quiet`
    are quiet hours as text, empty: none; `zone` names whose clocks these are.
    """

    community: str
    moments: tuple[str, ...]
    only_first: bool
    asks: int
    quiet: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A reminder that is planned: when, by which clocks, of which shift; `question`: only if no answer came before."""

    at: datetime
    zone: str
    slot: Slot
    question: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """What a person is reminded of, and when.

    `chosen` are their own wishes as text by key, 'as' where they have none; `choose` is what they want to change.
    `before` is what was changed just now, as (key, value), to undo it.
    """

    circles: tuple[Circle, ...]
    coming: tuple[Coming, ...]
    chosen: dict[str, str]
    choose: str = ""
    before: tuple[str, str] | None = None
    more: int = 0
