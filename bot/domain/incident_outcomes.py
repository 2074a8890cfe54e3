"""What use cases of incidents and cases answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import IncidentId
from bot.domain.incidents import IncidentState
from bot.domain.outcomes import PlaceChoice, Somebody
from bot.domain.people import Person
from bot.domain.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForm:
    """The form for reporting at its step: 'place', 'category' or 'send'.

    `places` are a page of checkpoints, `wheres` communities in which it was at none of them. `numbers` are those to
    call in danger; `fact` is the question about the chosen category, `yes` that it was answered so.
    """

    step: str
    place: str = ""
    places: tuple[PlaceChoice, ...] = ()
    wheres: tuple[PlaceChoice, ...] = ()
    page: int = 0
    pages: int = 1
    categories: tuple[str, ...] = ()
    category: str = ""
    severity: Severity = Severity.ORDINARY
    fact: str = ""
    yes: bool = False
    text: str = ""
    photos: int = 0
    numbers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentShown:
    """A report as somebody sees it who may read it.

    `mine`: the reader has it; `reported`: the reader reported it; `handles`: the reader may take it, `assigns`: give it
    to others. `added` are the reporter's later words. `unanswered`: everybody was called in vain; `slip`: it can still
    be taken back by one press. `what` says what the reader has just done.
    """

    incident_id: IncidentId
    number: int
    category: str
    severity: Severity
    facts: tuple[str, ...]
    state: IncidentState
    place: str
    zone: str
    at: datetime
    text: str
    added: tuple[str, ...]
    photos: int
    reporter: str
    owner: str
    reply_by: datetime
    resolve_by: datetime
    note: str = ""
    numbers: str = ""
    mine: bool = False
    reported: bool = False
    handles: bool = False
    assigns: bool = False
    asked: bool = False
    unanswered: bool = False
    slip: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Takers:
    """A page of the people to whom a report can be given; `here` are those who are checked in there now."""

    shown: IncidentShown
    people: tuple[Somebody, ...]
    here: tuple[str, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTold:
    """A notice about a report: its reader and the report as they see it; `words` is what was added, if that is it."""

    kind: str
    reader: Person
    language: str
    shown: IncidentShown
    by: str = ""
    words: str = ""
    repeat: bool = False
