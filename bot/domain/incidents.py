"""Incidents and cases: something that a person reported, until the reporter says that it is solved.

Each has one owner at most. Every step is written into its history with who may read it, in the same commit. What can be
reported and how grave it is, `bot.domain.severity` says; who is called, `bot.domain.escalation`; the steps themselves
are in `bot.domain.reporting` and `bot.domain.handling`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from bot.domain.escalation import Run
from bot.domain.events import Event, Fact
from bot.domain.ids import CheckpointId, CommunityId, IncidentId, PersonId, ShiftId
from bot.domain.incident_errors import IncidentMoved
from bot.domain.incident_events import OnIncident
from bot.domain.lifecycle import step
from bot.domain.severity import Kind, Promise, Severity

MOST_PHOTOS = 10
LONGEST_TEXT = 1000  # characters of one report or note


class IncidentState(StrEnum):
    """The life of an incident or a case."""

    NEW = "new"
    ASSIGNED = "assigned"  # given to somebody who has not said yet that they have it
    ACKNOWLEDGED = "acknowledged"
    WORKING = "working"
    WAITING = "waiting"
    REFERRED = "referred"  # to others; still ours until they confirm
    DUPLICATE = "duplicate"
    RESOLVED = "resolved"  # says who had it; the reporter is asked
    CLOSED = "closed"
    REOPENED = "reopened"  # not solved, says the reporter; its owner has not said yet that they have it
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    ANONYMISED = "anonymised"


_S = IncidentState
_OUT = frozenset({_S.DUPLICATE, _S.WITHDRAWN, _S.REJECTED})
_GIVEN = frozenset({_S.NEW, _S.ASSIGNED, _S.ACKNOWLEDGED})
_AT_WORK = frozenset({_S.WORKING, _S.WAITING, _S.REFERRED, _S.RESOLVED})
MOVES: dict[IncidentState | None, frozenset[IncidentState]] = {
    None: frozenset({_S.NEW}),
    _S.NEW: _OUT | _GIVEN - {_S.NEW} | {_S.REFERRED},
    _S.ASSIGNED: _OUT | _GIVEN | {_S.REFERRED},
    _S.ACKNOWLEDGED: _OUT | _GIVEN | _AT_WORK,
    _S.WORKING: _OUT | _GIVEN | _AT_WORK - {_S.WORKING},
    _S.WAITING: _OUT | _GIVEN | _AT_WORK,
    _S.REFERRED: _OUT | _GIVEN | _AT_WORK,
    _S.DUPLICATE: frozenset({_S.NEW, _S.ASSIGNED, _S.ANONYMISED}),
    _S.RESOLVED: frozenset({_S.CLOSED, _S.REOPENED}),
    _S.CLOSED: frozenset({_S.REOPENED, _S.ANONYMISED}),
    _S.REOPENED: _OUT | _GIVEN | {_S.REFERRED},
    _S.WITHDRAWN: frozenset({_S.ANONYMISED}),
    _S.REJECTED: frozenset({_S.ANONYMISED}),
    _S.ANONYMISED: frozenset(),
}
OVER = frozenset({_S.DUPLICATE, _S.CLOSED, _S.WITHDRAWN, _S.REJECTED, _S.ANONYMISED})
OPEN = frozenset(_S) - OVER - {_S.RESOLVED}  # somebody has to do something
CALLING = frozenset({_S.NEW, _S.ASSIGNED, _S.REOPENED})  # nobody has said that they have it


class Visibility(StrEnum):
    """Who may read an entry of the history."""

    INTERNAL = "internal"  # those who handle it
    REPORTER = "reporter"  # and whoever reported or follows it
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """That it waits: why, since when, and on which local day it is looked at again."""

    reason: str
    since: datetime
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What was done, by whom and when; and what the reporter said: solved, and how satisfied (1 to 5), if at all."""

    by: PersonId
    at: datetime
    note: str
    photo: str = ""
    solved: bool | None = None
    satisfied: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident or a case. `number` counts within the community and is what people say to each other.

    `facts` are the questions answered yes. `alerted` were called and may read it, `watchers` hear how it ends.
    `acknowledged_at` is when its owner last said that they have it, `asked_at` when they were asked since. `paused`
    (seconds) is how long it has waited in all. `entries` counts its history.
    `card` is the message that shows the reporter how it stands, `numbers` those to call in danger that it shows.
    """

    id: IncidentId
    community_id: CommunityId
    number: int
    kind: Kind
    category: str
    severity: Severity
    facts: tuple[str, ...] = ()
    state: IncidentState = IncidentState.NEW
    reporter_id: PersonId | None
    checkpoint_id: CheckpointId | None = None
    shift_id: ShiftId | None = None
    text: str = ""
    photos: tuple[str, ...] = ()
    made_at: datetime
    promise: Promise
    owner_id: PersonId | None = None
    alerted: tuple[PersonId, ...] = ()
    watchers: tuple[PersonId, ...] = ()
    acknowledged_at: datetime | None = None
    asked_at: datetime | None = None
    run: Run | None = None
    pause: Pause | None = None
    paused: int = 0
    resolution: Resolution | None = None
    reopened: int = 0
    master_id: IncidentId | None = None
    parent_id: IncidentId | None = None
    ended_at: datetime | None = None
    card: int | None = None
    numbers: str = ""
    entries: int = 0
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a report's history, only ever added; `id` is '<incident>:<seq>', `seq` has no gaps and begins at 1."""

    id: str
    community_id: CommunityId
    incident_id: IncidentId
    seq: int
    at: datetime
    actor: PersonId | None
    what: str
    before: IncidentState | None
    after: IncidentState
    text: str = ""
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class Done:
    """A step: the report after it, the line for its history, and what happened."""

    incident: Incident
    entry: Entry
    events: tuple[Event, ...]


E = TypeVar("E", bound=OnIncident)


def check(incident: Incident, *states: IncidentState) -> None:
    """Raise IncidentMoved unless it is in one of these states."""
    if incident.state not in states:
        raise IncidentMoved(incident.number, incident.state)


def moved(incident: Incident, state: IncidentState) -> Incident:
    """Return it in the next state. Raises IncidentMoved if that cannot follow."""
    if state not in MOVES[incident.state]:
        raise IncidentMoved(incident.number, incident.state)
    return replace(incident, state=step(MOVES, incident.state, state))


def done(
    kind: type[E],
    before: Incident | None,
    after: Incident,
    *,
    by: PersonId | None,
    now: datetime,
    text: str = "",
    visibility: Visibility = Visibility.REPORTER,
    **more: Fact,
) -> Done:
    """Write a step down: `after` with its history one longer, the line, and the event of that kind with its facts."""
    after = replace(after, entries=after.entries + 1)
    entry = Entry(
        id=f"{after.id}:{after.entries:05d}",
        community_id=after.community_id,
        incident_id=after.id,
        seq=after.entries,
        at=now,
        actor=by,
        what=kind.__name__,
        before=before.state if before else None,
        after=after.state,
        text=text,
        visibility=visibility,
    )
    event = kind(
        community_id=after.community_id,
        actor=by,
        incident_id=after.id,
        reporter_id=after.reporter_id,
        owner_id=after.owner_id,
        **more,
    )
    return Done(after, entry, (event,))
