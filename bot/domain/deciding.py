"""What coordinators decide about a report: refer it, merge it, call it graver, refuse it; and forgetting it in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import escalation
from bot.domain import incident_events as happened
from bot.domain.handling import anew, reason_of, running
from bot.domain.ids import IncidentId, PersonId
from bot.domain.incident_errors import DuplicateOfItself
from bot.domain.incidents import (
    CALLING,
    OPEN,
    OVER,
    Done,
    Incident,
    IncidentState,
    Visibility,
    check,
    done,
    moved,
)
from bot.domain.severity import Severity, promised


def refer(incident: Incident, *, by: PersonId, to: str, now: datetime) -> Done:
    """A coordinator hands it to others, `to` says to whom and how they are followed up; it is still ours.

    Raises ReasonNeeded, TextTooLong, IncidentMoved.
    """
    to = reason_of(to)
    after = running(moved(incident, IncidentState.REFERRED), now)
    after = replace(after, owner_id=incident.owner_id or by, asked_at=None, run=escalation.stopped(incident.run))
    return done(happened.IncidentMovedOn, incident, after, by=by, now=now, text=to, state=IncidentState.REFERRED.value)


def merge(incident: Incident, master: Incident, *, by: PersonId, now: datetime) -> tuple[Done, Incident]:
    """A coordinator says that it is the same as `master`, which returns with those who follow it now.

    Raises DuplicateOfItself, IncidentMoved.
    """
    if incident.id == master.id or master.master_id is not None:
        raise DuplicateOfItself
    check(master, *OPEN, IncidentState.RESOLVED)
    followers = list(incident.watchers)
    if incident.reporter_id is not None and incident.reporter_id != master.reporter_id:
        followers.append(incident.reporter_id)
    watchers = tuple(dict.fromkeys((*master.watchers, *followers)))
    after = running(moved(incident, IncidentState.DUPLICATE), now)
    after = replace(after, master_id=master.id, run=escalation.stopped(incident.run), ended_at=now)
    told = done(happened.IncidentMerged, incident, after, by=by, now=now, master_id=master.id)
    return told, replace(master, watchers=watchers)


def split(incident: Incident, *, by: PersonId, run_id: str, now: datetime) -> Done:
    """It is not the same after all: open again, with whoever had it, and people are called. Raises IncidentMoved."""
    check(incident, IncidentState.DUPLICATE)
    state = IncidentState.ASSIGNED if incident.owner_id else IncidentState.NEW
    after = replace(
        moved(incident, state), master_id=None, ended_at=None, acknowledged_at=None, run=anew(incident, run_id, now)
    )
    return done(happened.IncidentSplit, incident, after, by=by, now=now, visibility=Visibility.INTERNAL)


def reject(incident: Incident, *, by: PersonId, reason: str, now: datetime) -> Done:
    """A coordinator says that nothing can be done about it here, and why. Raises ReasonNeeded, IncidentMoved."""
    reason = reason_of(reason)
    after = running(moved(incident, IncidentState.REJECTED), now)
    after = replace(after, run=escalation.stopped(incident.run), ended_at=now)
    return done(happened.IncidentRejected, incident, after, by=by, now=now, text=reason)


def change_severity(
    incident: Incident, severity: Severity, *, by: PersonId, reason: str, run_id: str, zone: ZoneInfo, now: datetime
) -> Done:
    """A coordinator says how grave it really is; what is promised is counted anew, from the report.

    Raises ReasonNeeded, IncidentMoved when it is over.
    """
    reason = reason_of(reason)
    check(incident, *OPEN)
    promise = promised(severity, zone, incident.made_at)
    after = replace(incident, severity=severity, promise=promise)
    if incident.state in CALLING:
        after = replace(after, run=escalation.start(run_id, severity, now))
    return done(
        happened.SeverityChanged,
        incident,
        after,
        by=by,
        now=now,
        text=reason,
        was=int(incident.severity),
        severity=int(severity),
    )


def anonymise(incident: Incident, now: datetime) -> Done:
    """Take people, words and pictures out of what is over. Raises IncidentMoved."""
    check(incident, *OVER - {IncidentState.ANONYMISED})
    resolution = incident.resolution
    bare = replace(
        moved(incident, IncidentState.ANONYMISED),
        reporter_id=None,
        owner_id=None,
        text="",
        photos=(),
        alerted=(),
        watchers=(),
        pause=None,
        resolution=replace(resolution, by=PersonId(""), note="", photo="") if resolution else None,
    )
    return done(happened.IncidentAnonymised, incident, bare, by=None, now=now, visibility=Visibility.INTERNAL)


def followed_up(master: IncidentId, child: Incident) -> Incident:
    """Return a report made as what follows from another."""
    return replace(child, parent_id=master)
