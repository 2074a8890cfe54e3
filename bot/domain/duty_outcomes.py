"""What the use cases of a shift's day answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import CheckpointId, CommunityId, HandoverId, PersonId
from bot.domain.outcomes import Slot
from bot.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A handover as people read it: by whom, when, its words, the count (None: nobody counted), who took over."""

    handover_id: HandoverId
    checkpoint_id: CheckpointId
    place: str
    zone: str
    by: str
    at: datetime
    text: str = ""
    kit: int | None = None
    photo: bool = False
    accepted_by: str = ""
    accepted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A person's place on the day, after something was done to it.

    `what` says what: confirmed, checked_in, stays, checked_out, would_leave. `instructions` and `contacts` are the
    checkpoint's, `there` who else is there. `name` is whom it is about where that is not the reader,
    `handover` the note that waits for them, `brings` how many guests are theirs, or went with them.
    """

    what: str
    slot: Slot
    late: bool = False
    early: bool = False
    stays: bool = False
    instructions: str = ""
    contacts: str = ""
    there: tuple[str, ...] = ()
    name: str = ""
    handover: Note | None = None
    brings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Somebody at their post, or expected there. `since` is when they checked in, None while they are expected.

    `stays`: past the end, for their relief. `host` brings them. `phone` only for those who may check people in.
    """

    person_id: PersonId
    name: str
    since: datetime | None = None
    stays: bool = False
    account: bool = True
    phone: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A shift under way or about to begin, with its people. `leads`: the reader may check people in here."""

    slot: Slot
    people: tuple[Posted, ...]
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """A page of what is going on now. `communities`: whether the reader is in any."""

    posts: tuple[Post, ...]
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is set for a checkpoint."""

    checkpoint_id: CheckpointId
    community_id: CommunityId
    place: str
    instructions: str = ""
    contacts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that is answered by typing. `dialog` says which; `about` names what it is about."""

    dialog: str
    about: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine:
    """What somebody served: one shift, or (without start and end) `shifts` of them together. Minutes throughout."""

    person: str
    place: str = ""
    zone: str = "UTC"
    start: datetime | None = None
    end: datetime | None = None
    shifts: int = 1
    minutes: int
    night: int
    credited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursPage:
    """A month of hours, `back` months ago, with the sums of all its lines. `month` is its first day.

    `communities` are those whose hours the reader may see as a whole. Of a community, `place` is the name.
    `statements`: the reader is sent this every month.
    """

    month: date
    back: int
    lines: tuple[HoursLine, ...]
    shifts: int
    minutes: int
    night: int
    credited: int
    communities: tuple[CommunityId, ...] = ()
    place: str = ""
    statements: bool = True
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTold:
    """A month of hours that is sent to whoever served them."""

    reader: Person
    language: str
    page: HoursPage
    repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """How somebody served on a shift; `state` is a `bot.domain.attendance.Presence`.

    `near`: whether they were at the checkpoint when they scanned its code, None if they did not say.
    """

    person_id: PersonId
    name: str
    state: str
    came: datetime | None = None
    went: datetime | None = None
    late: bool = False
    early: bool = False
    assumed: bool = False
    corrected: bool = False
    near: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How everybody served on a shift."""

    slot: Slot
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSheet:
    """How one person served, and the history of corrections: when, by whom, to which state, why."""

    slot: Slot
    line: SheetLine
    history: tuple[tuple[datetime, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An attendance that was set right."""

    sheet: PersonSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverForm:
    """The form for handing over. `step` is note, kit, photo or done."""

    step: str
    place: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A page of a checkpoint's handovers, newest first; `more`: there are older ones."""

    checkpoint_id: CheckpointId
    place: str
    notes: tuple[Note, ...]
    page: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed:
    """Somebody who left the group. `what` became of their `places` in coming shifts: freed, kept, back or nothing."""

    what: str
    name: str
    places: int
