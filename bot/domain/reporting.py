"""What whoever reported something can do with it: report, add, withdraw, say whether it is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import escalation
from bot.domain import incident_events as happened
from bot.domain.ids import CheckpointId, CommunityId, IncidentId, PersonId, ShiftId
from bot.domain.incident_errors import IncidentMoved, NotTheReporter
from bot.domain.incidents import (
    LONGEST_TEXT,
    MOST_PHOTOS,
    OPEN,
    Done,
    Incident,
    IncidentState,
    Visibility,
    check,
    done,
    moved,
)
from bot.domain.life_errors import TextTooLong
from bot.domain.severity import Severity, category, promised, severity_of

UNDO_WITHIN = timedelta(seconds=60)
SILENT_AFTER = timedelta(hours=72)  # so long after it was resolved it is closed without an answer
REOPENS_WITHIN = timedelta(days=30)


def report(
    id_: IncidentId,
    community_id: CommunityId,
    number: int,
    key: str,
    *,
    by: PersonId,
    facts: Sequence[str] = (),
    text: str = "",
    photos: Sequence[str] = (),
    checkpoint_id: CheckpointId | None = None,
    shift_id: ShiftId | None = None,
    run_id: str,
    zone: ZoneInfo,
    now: datetime,
) -> Done:
    """Report something of the category `key`. Raises CategoryUnknown, TextTooLong."""
    severity = severity_of(key, facts)
    made = Incident(
        id=id_,
        community_id=community_id,
        number=number,
        kind=category(key).kind,
        category=key,
        severity=severity,
        facts=tuple(facts),
        reporter_id=by,
        checkpoint_id=checkpoint_id,
        shift_id=shift_id,
        text=readable(text),
        photos=tuple(photos)[:MOST_PHOTOS],
        made_at=now,
        promise=promised(severity, zone, now),
        run=escalation.start(run_id, severity, now),
    )
    return done(happened.IncidentReported, None, made, by=by, now=now, category=key, severity=int(severity))


def add(incident: Incident, *, by: PersonId, text: str = "", photo: str = "", now: datetime) -> Done:
    """Add words or a photo. Raises NotTheReporter, IncidentMoved when it is over, TextTooLong."""
    _theirs(incident, by)
    check(incident, *OPEN, IncidentState.RESOLVED)
    text = readable(text)
    photos = (*incident.photos, photo)[-MOST_PHOTOS:] if photo else incident.photos
    return done(happened.IncidentAdded, incident, replace(incident, photos=photos), by=by, now=now, text=text)


def withdraw(incident: Incident, *, by: PersonId, now: datetime) -> Done:
    """Take it back. Raises NotTheReporter, IncidentMoved."""
    _theirs(incident, by)
    after = moved(incident, IncidentState.WITHDRAWN)
    after = replace(after, run=escalation.stopped(incident.run), pause=None, ended_at=now)
    slip = now - incident.made_at <= UNDO_WITHIN
    return done(happened.IncidentWithdrawn, incident, after, by=by, now=now, slip=slip)


def solved(incident: Incident, *, by: PersonId, now: datetime) -> Done:
    """The reporter says that it is solved. Raises NotTheReporter, IncidentMoved."""
    _theirs(incident, by)
    return _closed(incident, by=by, now=now)


def silent(incident: Incident, now: datetime) -> Done | None:
    """Close what nobody said anything about for 72 hours, marked as such; None if there is nothing to close."""
    resolution = incident.resolution
    if incident.state is not IncidentState.RESOLVED or resolution is None or now - resolution.at < SILENT_AFTER:
        return None
    return _closed(incident, by=None, now=now)


def satisfied(incident: Incident, marks: int, *, by: PersonId, now: datetime) -> Done:
    """The reporter says how satisfied they are, 1 to 5. Raises NotTheReporter, IncidentMoved."""
    _theirs(incident, by)
    check(incident, IncidentState.CLOSED)
    if incident.resolution is None:
        raise IncidentMoved(incident.number, incident.state)
    said = replace(incident.resolution, satisfied=min(max(marks, 1), 5))
    after = replace(incident, resolution=said)
    return done(happened.IncidentRated, incident, after, by=by, now=now, visibility=Visibility.INTERNAL)


def not_solved(incident: Incident, *, by: PersonId, run_id: str, text: str = "", zone: ZoneInfo, now: datetime) -> Done:
    """The reporter says that it is not solved; the second time it counts as graver. People are called anew.

    Raises NotTheReporter, TextTooLong, and IncidentMoved when it is neither resolved nor was closed within 30 days.
    """
    _theirs(incident, by)
    if incident.ended_at is not None and now - incident.ended_at > REOPENS_WITHIN:
        raise IncidentMoved(incident.number, incident.state)
    after = moved(incident, IncidentState.REOPENED)
    count = incident.reopened + 1
    severity = Severity(max(incident.severity - (count >= 2), Severity.DANGER))
    after = replace(
        after,
        reopened=count,
        severity=severity,
        promise=promised(severity, zone, now),
        resolution=replace(incident.resolution, solved=False) if incident.resolution else None,
        run=escalation.start(run_id, severity, now),
        acknowledged_at=None,
        asked_at=None,
        ended_at=None,
    )
    return done(happened.IncidentReopened, incident, after, by=by, now=now, text=readable(text), severity=int(severity))


def readable(text: str) -> str:
    """Return a text without outer blanks. Raises TextTooLong."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(LONGEST_TEXT)
    return text


def _closed(incident: Incident, *, by: PersonId | None, now: datetime) -> Done:
    after = replace(moved(incident, IncidentState.CLOSED), ended_at=now)
    if incident.resolution is not None:
        said = replace(incident.resolution, solved=None if by is None else True, silent=by is None)
        after = replace(after, resolution=said)
    return done(happened.IncidentClosed, incident, after, by=by, now=now, silent=by is None)


def _theirs(incident: Incident, by: PersonId) -> None:
    if by != incident.reporter_id:
        raise NotTheReporter(incident.number)
