"""What the use cases of a community's rules answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.domain.errors import DomainError
from bot.domain.ids import CommunityId, ShiftId
from bot.domain.outcomes import Slot, SlotPage, Somebody, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What the community's rules say against putting a person on a shift, the gravest first; perhaps nothing."""

    slot: Slot
    person: Somebody
    warnings: tuple[DomainError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A community's rules: every key with its value, as text. `leads`: the reader may change them.

    Without a community, `communities` are those to choose from; `set_` is the (key, value) to be agreed there, if any.
    """

    community_id: CommunityId | str = ""
    community: str = ""
    values: tuple[tuple[str, str], ...] = ()
    leads: bool = False
    communities: tuple[Standing, ...] = ()
    set_: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneAgreed:
    """One rule as it stands; `before` is what it was until now, empty unless it was just changed."""

    community_id: CommunityId
    community: str
    key: str
    value: str
    before: str = ""
    leads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage:
    """A page of the shifts somebody can take; with `every` also of the others, with why not.

    `hidden` is how many are left out because they are not theirs to take.
    """

    page: SlotPage
    every: bool = False
    hidden: int = 0
    why_not: dict[ShiftId, DomainError] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralForm:
    """A page of the shifts somebody can take, and those that are marked to be taken together.

    `choose` is how many more have several roles to choose from, so that each is claimed by itself.
    """

    slots: tuple[Slot, ...]
    chosen: tuple[Slot, ...]
    page: int
    pages: int
    choose: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """What became of shifts that were to be taken together: got, missed, or too tiring to take without being sure."""

    got: tuple[Slot, ...] = ()
    missed: tuple[Slot, ...] = ()
    tired: tuple[Slot, ...] = ()
    undone: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestPage:
    """Whom somebody brings to a shift, and which of them are there. `most` is how many they may bring.

    `room`: they may bring one more; `open`: places still change hands; `check_in`: guests can be said to be here.
    """

    slot: Slot
    guests: tuple[Somebody, ...]
    there: tuple[bool, ...]
    most: int
    room: bool
    open: bool
    check_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Youth:
    """A page of a community's people, those under 18 first, each with the day they come of age (None: they are)."""

    community_id: CommunityId
    community: str
    people: tuple[tuple[Somebody, date | None], ...]
    page: int
    pages: int
