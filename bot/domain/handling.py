"""What those who handle a report do with it, from taking it to saying that it is solved.

Who may, `bot.domain.permissions` says, with one exception here: `leads` says that whoever acts may act for the owner.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import escalation
from bot.domain import incident_events as happened
from bot.domain.days import local_day
from bot.domain.ids import PersonId
from bot.domain.incident_errors import (
    IncidentMoved,
    NotTheOwner,
    ReviewInvalid,
    SomebodyHasIt,
)
from bot.domain.incidents import (
    CALLING,
    LONGEST_TEXT,
    OPEN,
    Done,
    Incident,
    IncidentState,
    Pause,
    Resolution,
    Visibility,
    check,
    done,
    moved,
)
from bot.domain.life_errors import ReasonNeeded
from bot.domain.reporting import readable

LONGEST_PAUSE = timedelta(days=7)
LONGEST_IN_ALL = timedelta(days=30)
_HELD = frozenset({IncidentState.ACKNOWLEDGED, IncidentState.WORKING, IncidentState.WAITING, IncidentState.REFERRED})


def take(incident: Incident, *, by: PersonId, owner: str, now: datetime) -> Done:
    """Say that one has it: the calling ends. `owner` is the name of who has it already, if anybody.

    Whoever was given it and has not answered can be relieved so. Raises SomebodyHasIt, IncidentMoved.
    """
    if incident.state in _HELD and incident.owner_id is not None:
        raise SomebodyHasIt(incident.number, owner)
    check(incident, *CALLING)
    after = replace(
        moved(incident, IncidentState.ACKNOWLEDGED),
        owner_id=by,
        alerted=with_person(incident.alerted, by),
        acknowledged_at=now,
        asked_at=None,
        run=escalation.stopped(incident.run),
    )
    return done(happened.IncidentTaken, incident, after, by=by, now=now)


def assign(incident: Incident, to: PersonId, *, by: PersonId, run_id: str, now: datetime) -> Done:
    """Give it to somebody, who is asked; until they say that they have it, people are called as before.

    Raises IncidentMoved when it is over, or they have it already.
    """
    check(incident, *OPEN)
    if incident.owner_id == to and incident.state not in (IncidentState.NEW, IncidentState.REFERRED):
        raise IncidentMoved(incident.number, incident.state)
    after = running(moved(incident, IncidentState.ASSIGNED), now)
    after = replace(
        after,
        owner_id=to,
        alerted=with_person(incident.alerted, to),
        acknowledged_at=None,
        asked_at=None,
        run=_calling(incident, run_id, now),
    )
    return done(happened.IncidentAssigned, incident, after, by=by, now=now)


def give_back(incident: Incident, *, by: PersonId, leads: bool, text: str = "", run_id: str, now: datetime) -> Done:
    """Whoever has it (or was given it) cannot; people are called anew. Raises NotTheOwner, IncidentMoved."""
    owned(incident, by, leads=leads)
    check(incident, *OPEN)
    after = running(moved(incident, IncidentState.NEW), now)
    after = replace(after, owner_id=None, acknowledged_at=None, asked_at=None, run=anew(incident, run_id, now))
    return done(
        happened.IncidentGivenBack, incident, after, by=by, now=now, text=readable(text), visibility=Visibility.INTERNAL
    )


def ask_whether_still(incident: Incident, now: datetime) -> Done | None:
    """Ask the owner of something grave whether they are still on it, when its time has come; None if it has not."""
    at = asked_next(incident)
    if at is None or incident.asked_at is not None or now < at:
        return None
    after = replace(incident, asked_at=now)
    return done(happened.IncidentStillAsked, incident, after, by=None, now=now, visibility=Visibility.INTERNAL)


def still(incident: Incident, *, by: PersonId, now: datetime) -> Done:
    """The owner says that they are still on it. Raises NotTheOwner, IncidentMoved."""
    owned(incident, by, leads=False)
    check(incident, IncidentState.ACKNOWLEDGED, IncidentState.WORKING)
    after = replace(incident, acknowledged_at=now, asked_at=None)
    return done(happened.IncidentConfirmed, incident, after, by=by, now=now, visibility=Visibility.INTERNAL)


def go_stale(incident: Incident, run_id: str, now: datetime) -> Done | None:
    """Call people anew where the owner, asked, did not answer in time; None if they did, or have time left."""
    at = stale_at(incident)
    if at is None or now < at:
        return None
    after = replace(
        moved(incident, IncidentState.ASSIGNED), acknowledged_at=None, asked_at=None, run=anew(incident, run_id, now)
    )
    return done(happened.IncidentWentStale, incident, after, by=None, now=now, visibility=Visibility.INTERNAL)


def asked_next(incident: Incident) -> datetime | None:
    """Return when the owner is to be asked whether they are still on it, or None."""
    decay = escalation.DECAYS.get(incident.severity)
    on_it = incident.state in (IncidentState.ACKNOWLEDGED, IncidentState.WORKING)
    if decay is None or not on_it or incident.acknowledged_at is None or incident.owner_id is None:
        return None
    return incident.acknowledged_at + decay


def stale_at(incident: Incident) -> datetime | None:
    """Return until when the owner who was asked has time to answer, or None."""
    if asked_next(incident) is None or incident.asked_at is None:
        return None
    return incident.asked_at + escalation.ANSWER_WITHIN


def start(incident: Incident, *, by: PersonId, leads: bool, now: datetime) -> Done:
    """Begin, or go on after waiting. Raises NotTheOwner, IncidentMoved."""
    owned(incident, by, leads=leads)
    after = running(moved(incident, IncidentState.WORKING), now)
    after = replace(after, acknowledged_at=now, asked_at=None)
    return done(happened.IncidentMovedOn, incident, after, by=by, now=now, state=IncidentState.WORKING.value)


def wait(
    incident: Incident, *, by: PersonId, leads: bool, reason: str, review_on: date, zone: ZoneInfo, now: datetime
) -> Done:
    """Wait for something, until a day on which it is looked at again: only what was promised as result is put off.

    Raises NotTheOwner, ReasonNeeded, TextTooLong, ReviewInvalid, IncidentMoved.
    """
    owned(incident, by, leads=leads)
    reason, today = reason_of(reason), local_day(now, zone)
    in_all = incident.paused >= LONGEST_IN_ALL.total_seconds()
    if not today < review_on <= today + LONGEST_PAUSE or in_all:
        raise ReviewInvalid(LONGEST_PAUSE.days, LONGEST_IN_ALL.days)
    after = running(moved(incident, IncidentState.WAITING), now)
    after = replace(after, pause=Pause(reason=reason, since=now, review_on=review_on), asked_at=None)
    return done(
        happened.IncidentMovedOn, incident, after, by=by, now=now, text=reason, state=IncidentState.WAITING.value
    )


def resolve(incident: Incident, *, by: PersonId, leads: bool, note: str, photo: str = "", now: datetime) -> Done:
    """Say what was done; the reporter is asked whether it is solved.

    Raises NotTheOwner, ReasonNeeded without a note, TextTooLong, IncidentMoved.
    """
    owned(incident, by, leads=leads)
    note = reason_of(note)
    after = running(moved(incident, IncidentState.RESOLVED), now)
    said = Resolution(by=by, at=now, note=note, photo=photo)
    after = replace(after, resolution=said, asked_at=None, run=escalation.stopped(incident.run))
    return done(happened.IncidentResolved, incident, after, by=by, now=now, text=note)


def with_person(people: tuple[PersonId, ...], person_id: PersonId) -> tuple[PersonId, ...]:
    """Return the people with one more, each once."""
    return tuple(dict.fromkeys((*people, person_id)))


def owned(incident: Incident, by: PersonId, *, leads: bool) -> None:
    """Raise NotTheOwner unless whoever acts has it, or `leads`."""
    if not leads and by != incident.owner_id:
        raise NotTheOwner(incident.number)


def reason_of(text: str) -> str:
    """Return words that must not be missing. Raises ReasonNeeded, TextTooLong."""
    text = readable(text)
    if not text:
        raise ReasonNeeded(LONGEST_TEXT)
    return text


def running(incident: Incident, now: datetime) -> Incident:
    """Return it with its clocks running again; what it waited, up to 30 days in all, is added to what was promised."""
    if incident.pause is None:
        return incident
    room = max(LONGEST_IN_ALL.total_seconds() - incident.paused, 0)
    waited = int(min((now - incident.pause.since).total_seconds(), room))
    later = incident.promise.resolve_by + timedelta(seconds=waited)
    return replace(
        incident, pause=None, paused=incident.paused + waited, promise=replace(incident.promise, resolve_by=later)
    )


def _calling(incident: Incident, run_id: str, now: datetime) -> escalation.Run:
    """Return the run under way, or a new one where nobody is being called."""
    run = incident.run
    return run if run is not None and not run.stopped else anew(incident, run_id, now)


def anew(incident: Incident, run_id: str, now: datetime) -> escalation.Run:
    """Return a new run of calls for it."""
    return escalation.start(run_id, incident.severity, now)
