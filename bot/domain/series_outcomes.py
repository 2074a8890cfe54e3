"""What use cases about series answer: facts for the views to put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.ids import CommunityId, SeriesId
from bot.domain.outcomes import PlaceChoice, ShiftForm
from bot.domain.roles import RoleFill


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesShown:
    """A series as people say it. `weekdays` (0 is Monday) come every `every` weeks; `hours` are local.

    `first` and `until` are local days; `until` None: until further notice. `places` differ where roles divide them.
    """

    series_id: SeriesId | str = ""
    community_id: CommunityId | str = ""
    place: str
    zone: str
    weekdays: tuple[int, ...]
    every: int = 1
    hours: tuple[tuple[time, time], ...]
    needed: int
    capacity: int
    roles: tuple[RoleFill, ...] = ()
    team: str = ""
    first: date
    until: date | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPlanned:
    """What beginning a series makes, or made: the spans (UTC) of the next `days` days; `existing` were there before."""

    series: SeriesShown
    spans: tuple[tuple[datetime, datetime], ...]
    existing: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesForm:
    """The form for a series: its questions are those of the form for shifts, with others for days, first and last."""

    form: ShiftForm
    weekdays: tuple[int, ...] = ()
    every: int = 1
    first: date | None = None
    until: date | None = None
    planned: SeriesPlanned | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage:
    """A page of series."""

    series: tuple[SeriesShown, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLooked:
    """One series: how many of its shifts lie ahead, how many people are on them, and which days it leaves out."""

    series: SeriesShown
    shifts: int
    people: int
    skipped: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEnding:
    """What ending a series does, or did (`done`): so many shifts are called off, so many people are told."""

    series: SeriesShown
    done: bool
    off: bool
    shifts: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckShift:
    """A shift that cannot become what its series wants; `why`: places, busy or other, and how many people it is about.

    Instants in UTC.
    """

    start: datetime
    end: datetime
    why: str
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEdit:
    """The form that changes a series, or (`done`) what came of it.

    `step`: pick (which series?), what (the preview), or the question that is open: from, days, hours, place, places.
    `now` is the series as it is, `then` as it shall be from the local day `from_day` on; `differs` says whether that is
    another. So many shifts are `moved`, `made`, called `off`; so many people are `asked`, or `told` that it is off.
    `meanwhile`: somebody else changed the series since the form was opened. `drops` is the day of a later change that
    was planned already, and would not come any more.
    """

    step: str
    now: SeriesShown | None = None
    then: SeriesShown | None = None
    from_day: date | None = None
    differs: bool = False
    drops: date | None = None
    meanwhile: bool = False
    moved: int = 0
    made: int = 0
    off: int = 0
    asked: int = 0
    told: int = 0
    stuck: tuple[StuckShift, ...] = ()
    done: bool = False
    unknown: str = ""
    today: date | None = None
    choices: tuple[PlaceChoice, ...] = ()
    series: tuple[SeriesShown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCalledOff:
    """What of a day is, or shall be, called off, and why; `place` is empty `everywhere`, and while it is open."""

    place: str = ""
    everywhere: bool = False
    day: date | None = None
    reason: str = ""
    shifts: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayForm:
    """The form that calls a day off. `form.step`: place, day, reason or preview."""

    form: ShiftForm
    said: DayCalledOff
