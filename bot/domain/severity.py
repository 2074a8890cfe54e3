"""What can be reported, how bad it is, and by when somebody answers for it: tables, and reading them.

A person who reports is asked what they see, never how grave it is: severity follows from the category and the facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from bot.domain.incident_errors import CategoryUnknown
from bot.domain.when.local import instant

MOST_CATEGORIES = 8  # buttons to choose from
DUTY_HOURS = (time(8), time(20))  # local; outside of them nobody is expected to answer what can wait


class Severity(IntEnum):
    """How grave something is; lower is graver."""

    DANGER = 1
    URGENT = 2
    ORDINARY = 3
    SLOW = 4


class Kind(StrEnum):
    """Two kinds, one engine."""

    INCIDENT = "incident"  # happens now
    CASE = "case"  # a resident's request that somebody follows up


class Access(StrEnum):
    """Who may read a report beyond its reporter, its owner and those who were called."""

    RESTRICTED = "restricted"  # coordinators
    COORDINATORS = "coordinators"  # and shift leads
    TEAM = "team"  # whoever serves
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Something that can be reported.

    `fact` is the one question that is asked about it (''), none if empty; answered yes, `graver` is the severity. What
    is reported in it is deleted after `kept`, if that is set, whatever became of it.
    """

    key: str
    kind: Kind
    severity: Severity
    fact: str = ""
    graver: Severity | None = None
    access: Access = Access.COORDINATORS
    kept: timedelta | None = None


_I, _C, _R = Kind.INCIDENT, Kind.CASE, Access.RESTRICTED
_CATEGORIES = (
    Category(key="ill", kind=_I, severity=Severity.URGENT, fact="life", graver=Severity.DANGER, access=_R),
    Category(key="outsider", kind=_I, severity=Severity.ORDINARY, fact="stays", graver=Severity.URGENT),
    Category(key="quarrel", kind=_I, severity=Severity.URGENT, fact="violence", graver=Severity.DANGER),
    Category(key="fire", kind=_I, severity=Severity.DANGER),
    Category(key="missing", kind=_I, severity=Severity.DANGER),
    Category(key="storm", kind=_I, severity=Severity.URGENT, fact="hurt", graver=Severity.DANGER),
    Category(key="outage", kind=_I, severity=Severity.URGENT),
    Category(key="something", kind=_I, severity=Severity.ORDINARY, fact="hurt", graver=Severity.DANGER),
    Category(key="repair", kind=_C, severity=Severity.ORDINARY, fact="danger", graver=Severity.URGENT),
    Category(key="rubbish", kind=_C, severity=Severity.ORDINARY),
    Category(key="noise", kind=_C, severity=Severity.ORDINARY),
    Category(key="help", kind=_C, severity=Severity.ORDINARY, fact="today", graver=Severity.URGENT),
    Category(key="idea", kind=_C, severity=Severity.SLOW),
    # The neighbours' watch: who came back, who moved in. For coordinators only, and not for long.
    Category(key="newcomer", kind=_C, severity=Severity.ORDINARY, access=_R, kept=timedelta(days=14)),
    Category(key="request", kind=_C, severity=Severity.ORDINARY),
)  # fmt: skip
CATEGORIES: dict[str, Category] = {category.key: category for category in _CATEGORIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """By when, counted from the report: a person's first word, something done, and the result.

    `waits`: the first word is counted in duty hours only.
    """

    reply: timedelta
    act: timedelta
    resolve: timedelta
    waits: bool = False


def _minutes(n: int) -> timedelta:
    return timedelta(minutes=n)


CLOCKS: dict[Severity, Clocks] = {
    Severity.DANGER: Clocks(reply=_minutes(2), act=_minutes(10), resolve=timedelta(hours=2)),
    Severity.URGENT: Clocks(reply=_minutes(10), act=timedelta(hours=2), resolve=timedelta(hours=24)),
    Severity.ORDINARY: Clocks(reply=timedelta(hours=4), act=timedelta(hours=24), resolve=timedelta(days=7), waits=True),
    Severity.SLOW: Clocks(reply=timedelta(hours=24), act=timedelta(days=3), resolve=timedelta(days=15), waits=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What was promised when it was reported, kept with the report: later changes of the tables do not move it."""

    reply_by: datetime
    act_by: datetime
    resolve_by: datetime


def category(key: str) -> Category:
    """Return a category by its key. Raises CategoryUnknown."""
    found = CATEGORIES.get(key)
    if found is None:
        raise CategoryUnknown
    return found


def offered(kind: Kind, recent: Iterable[str] = ()) -> list[Category]:
    """Return what is offered for choosing, at most 8: what was `recent` at that post first, most often first."""
    often = Counter(recent)
    found = [c for c in _CATEGORIES if c.kind is kind]
    return sorted(found, key=lambda c: -often[c.key])[:MOST_CATEGORIES]


def severity_of(key: str, facts: Sequence[str] = ()) -> Severity:
    """Return how grave something is, from its category and the facts that are so. Raises CategoryUnknown."""
    chosen = category(key)
    graver = chosen.graver if chosen.fact in facts else None
    return min(chosen.severity, graver or chosen.severity)


def promised(severity: Severity, zone: ZoneInfo, now: datetime) -> Promise:
    """Return what is promised to whoever reports something so grave now; instants in UTC."""
    clocks = CLOCKS[severity]
    reply_by = on_duty_after(now, clocks.reply, zone) if clocks.waits else now + clocks.reply
    return Promise(
        reply_by=reply_by, act_by=max(now + clocks.act, reply_by), resolve_by=max(now + clocks.resolve, reply_by)
    )


def on_duty_after(now: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
    """Return when so much time of duty hours has passed, from an aware instant on; in UTC."""
    day, left = now.astimezone(zone).date(), length
    while True:
        begin, end = (instant(day, hour, zone) for hour in DUTY_HOURS)
        begin = max(begin, now)
        if begin + left <= end:
            return begin + left
        left -= max(end - begin, timedelta(0))
        day += timedelta(days=1)
