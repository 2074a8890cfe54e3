"""What use cases answer: facts for the views to put into words. Stored with a cause, they answer its repetition."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.assignments import Hold
from bot.domain.events import Fact
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, SearchId, ShiftId, TeamId
from bot.domain.people import Person, Role
from bot.domain.roles import RoleFill
from bot.domain.when import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A shift as somebody sees it. `zone` is the community's; `mine` is what the reader has in it.

    On the day: `here` is how many are there, `duty` what the reader can do or has done: '', 'coming' (said so), 'soon'
    (may say so), 'open' (may check in), 'there', 'done'. `position` is where the reader stands in line, `answer_by`
    until when a place is offered to them, `asked` how many were asked to cover for them (None: they seek nobody).
    `roles` divide the places, where there are any; `role` names the reader's; `team` is whose shift it is.
    """

    shift_id: ShiftId
    community_id: CommunityId
    checkpoint_id: CheckpointId
    place: str
    zone: str
    start: datetime
    end: datetime
    needed: int
    capacity: int
    on: int
    waiting: int
    offered: int = 0
    cancelled: bool = False
    mine: Hold | None = None
    position: int = 0
    here: int = 0
    duty: str = ""
    answer_by: datetime | None = None
    asked: int | None = None
    note: str = ""
    again: bool = False  # made by a series
    roles: tuple[RoleFill, ...] = ()
    role: str = ""
    team: str = ""

    @property
    def short(self) -> int:
        """How many people are missing, in all and role by role."""
        return max(0, self.needed - self.on, sum(r.missing for r in self.roles))

    @property
    def full(self) -> bool:
        """Whether nobody can claim a place now: each is held, or offered to somebody who waited."""
        return self.on + self.offered >= self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A shift after something was done to it; `what` says what: claimed, released, waiting and so on.

    `people` is how many it concerns or were asked; `search_id` the search for cover it is about, if any.
    """

    what: str
    slot: Slot
    people: int = 0
    search_id: SearchId | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a person sees first: their next shift, a place that is offered to them, and what they may do."""

    name: str
    next: Slot | None = None
    offered: Slot | None = None
    communities: tuple[str, ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPage:
    """A page of shifts at `place` (empty: all). `served` are minutes of this month, `swaps` the unsettled ones."""

    slots: tuple[Slot, ...]
    page: int
    pages: int
    community_id: CommunityId | str = ""
    checkpoint_id: CheckpointId | str = ""
    place: str = ""
    several: bool = False
    leads: bool = False
    served: int = 0
    swaps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """A checkpoint to choose, with its community's name where there are several."""

    checkpoint_id: CheckpointId
    community_id: CommunityId
    name: str
    community: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceList:
    """Checkpoints to choose from. `leads` says whether the reader may open new ones."""

    places: tuple[PlaceChoice, ...]
    leads: bool = False
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person on a list; `account` False means somebody without Telegram. `phone` only where it may be shown.

    `asked` is how many were asked to cover for them, None unless they look for somebody. `owes`: has not answered yet.
    `role` names theirs, `host` whoever brings them.
    """

    person_id: PersonId
    name: str
    account: bool = True
    phone: str = ""
    asked: int | None = None
    owes: bool = False
    host: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPage:
    """Who is on a shift and who waits, as a coordinator sees it. `reasons`: why people are on in spite of the rules."""

    slot: Slot
    on: tuple[Somebody, ...]
    waiting: tuple[Somebody, ...]
    open: bool
    reasons: dict[PersonId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatePage:
    """People who could be put on a shift."""

    slot: Slot
    people: tuple[Somebody, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Shifts that would be made, or were: the preview and its outcome. Spans are (start, end) in UTC."""

    community_id: CommunityId
    checkpoint_id: CheckpointId
    place: str
    zone: str
    spans: tuple[tuple[datetime, datetime], ...]
    existing: int
    needed: int
    capacity: int
    roles: tuple[RoleFill, ...] = ()
    team: str = ""
    batch_id: BatchId | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """Shifts that were taken back."""

    shifts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A checkpoint that was made."""

    checkpoint_id: CheckpointId
    community_id: CommunityId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A person who was added by name."""

    person: Somebody


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The language the bot now speaks with a person."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A person's roles in a community they belong to."""

    community_id: CommunityId
    community: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCard:
    """Everything a checkpoint's card shows of a day."""

    place: str
    day: date
    zone: str
    language: str
    rows: tuple[CardRow, ...]
    over: bool = False
    away: tuple[datetime, datetime] | None = None  # since and until when the bot was away, while that is worth saying


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One shift on a card, with the names of those who are on it, who brings them, and which of them are there.

    `wanted` are the searches for cover that ask everybody, `roles` keys; it can be claimed from `opens` on (None: now).
    """

    slot: Slot
    names: tuple[str, ...]
    roles: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    there: tuple[bool, ...] = ()
    wanted: tuple[SearchId, ...] = ()
    started: bool
    over: bool
    opens: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice with what it is about. `by` is the name of whoever caused it, empty for the bot itself.

    `about` names the person it is about, where that is not the reader, `cover` whoever takes a place over, `people`
    those who are missing; `others` are more shifts, where one notice is about several; `facts` are its own.
    """

    kind: str
    reader: Person
    language: str
    slot: Slot
    others: tuple[Slot, ...] = ()
    by: str
    waiting: bool
    repeat: bool
    about: str = ""
    people: tuple[str, ...] = ()
    cover: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)
    notice_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftForm:
    """The form for new shifts as far as it is filled in.

    `step` is what is asked: place, day, hours, places or preview. `unknown` is a checkpoint's name that was typed and
    does not exist; `days` and `hours` are local; `teams` can be chosen. At `which`, `part` has several `readings`.
    """

    step: str
    choices: tuple[PlaceChoice, ...] = ()
    community_id: CommunityId | str = ""
    place: str = ""
    unknown: str = ""
    today: date
    days: tuple[date, ...] = ()
    hours: tuple[tuple[time, time], ...] = ()
    needed: int | None = None
    capacity: int | None = None
    roles: str = ""  # as they can be typed
    team: str = ""
    teams: tuple[tuple[TeamId, str], ...] = ()
    planned: Planned | None = None
    part: str = ""
    readings: tuple[Choice, ...] = ()
