"""Who may take what, when: opening times, caps, rest, people under 18, newcomers, skills and teams.

Pure checks. What comes back as a refusal nobody can set aside. A warning stops the person themselves, and a coordinator
unless they give a reason; too little rest is only a doubt: the person is asked, and decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.assignments import Assignment, Hold
from bot.domain.days import local_day
from bot.domain.errors import DomainError
from bot.domain.life_errors import (
    DayFull,
    NewcomerAlone,
    NotForMinors,
    NotYetOpen,
    ReasonNeeded,
    RestTooShort,
    StretchTooLong,
    TeamOnly,
    WeekFull,
)
from bot.domain.people import Membership
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift
from bot.domain.skills import Skill, SkillHeld, Team, check_skill, check_team

TOUCHING = timedelta(minutes=30)  # shifts no further apart than this are one stretch on duty
LONGEST_REASON = 200  # characters
WARNINGS = (TeamOnly, NotYetOpen, DayFull, WeekFull, RestTooShort, StretchTooLong, NotForMinors, NewcomerAlone)
DOUBTS = (RestTooShort, StretchTooLong)  # warnings that a person may set aside for themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Who wants a place, or shall get one.

    `held` are their places from a week before to a week after; `skill_held` is their standing in the skill the role
    requires, if it requires one; `served` is how many shifts they completed.
    """

    membership: Membership
    held: Sequence[Assignment]
    skill_held: SkillHeld | None = None
    served: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What they would get: the shift, the skill its role requires, its team, and whether somebody experienced is on.

    `given`: a coordinator gives the place, or somebody hands theirs on; opening days are for claims only.
    """

    shift: Shift
    skill: Skill | None = None
    team: Team | None = None
    experienced: bool = True
    given: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against it, the gravest first; nothing: the way is clear."""

    refusals: tuple[DomainError, ...] = ()
    warnings: tuple[DomainError, ...] = ()

    @property
    def bars(self) -> tuple[DomainError, ...]:
        """What keeps the person from taking the place themselves."""
        return (*self.refusals, *(w for w in self.warnings if not isinstance(w, DOUBTS)))

    @property
    def doubts(self) -> tuple[DomainError, ...]:
        """What the person is asked about before they take the place."""
        return tuple(w for w in self.warnings if isinstance(w, DOUBTS))


def check(taker: Taker, wanted: Wanted, *, rules: ShiftRules, zone: ZoneInfo, now: datetime) -> Verdict:
    """Return what the community's rules say; whether there is a place, and no overlap, `bot.domain.shifts` says."""
    shift = wanted.shift
    held = [a for a in taker.held if a.hold is Hold.ON and a.shift_id != shift.id]
    warnings = [
        *_kept(wanted, taker.membership, rules, now),
        *([] if wanted.given else _not_yet(shift, rules, now)),
        *_caps(shift, held, rules, zone),
        *_rest(shift, held, rules),
        *_age(shift, taker.membership, rules, zone),
    ]
    if taker.served < rules.newcomer_shifts and not wanted.experienced:
        warnings.append(NewcomerAlone())
    return Verdict(tuple(_refusals(taker, wanted, zone)), tuple(warnings))


def require_fit(verdict: Verdict, *, sure: bool) -> None:
    """Raise the first thing that keeps the person from taking the place; unless `sure`, a doubt as well."""
    for bar in verdict.bars:
        raise bar
    for doubt in () if sure else verdict.doubts:
        raise doubt


def require_clear(verdict: Verdict, *, reason: str | None = None) -> None:
    """Raise the first thing that speaks against it. A coordinator's `reason` sets warnings aside; None is for others.

    Raises ReasonNeeded for a reason that is empty though there is a warning, or too long.
    """
    for refusal in verdict.refusals:
        raise refusal
    if not verdict.warnings:
        return
    if reason is None:
        raise verdict.warnings[0]
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ReasonNeeded(LONGEST_REASON)


def _refusals(taker: Taker, wanted: Wanted, zone: ZoneInfo) -> list[DomainError]:
    found: list[DomainError] = []
    try:
        check_skill(wanted.skill, taker.skill_held, local_day(wanted.shift.start, zone))
    except DomainError as refusal:
        found.append(refusal)
    return found


def _kept(wanted: Wanted, membership: Membership, rules: ShiftRules, now: datetime) -> list[DomainError]:
    """Return what keeps a shift for its team, until so long before its start."""
    until = None if rules.team_first is None else wanted.shift.start - rules.team_first
    if until is not None and now >= until:
        return []
    try:
        check_team(wanted.team, membership, until)
    except TeamOnly as kept:
        return [kept]
    return []


def opens_at(shift: Shift, rules: ShiftRules, now: datetime) -> datetime | None:
    """Return when a shift can be claimed that cannot be yet; None where it can."""
    opens = shift.start - rules.opens_ahead if rules.opens_ahead is not None else now
    return opens if now < opens else None


def _not_yet(shift: Shift, rules: ShiftRules, now: datetime) -> list[DomainError]:
    opens = opens_at(shift, rules, now)
    return [NotYetOpen(opens)] if opens is not None else []


def _caps(shift: Shift, held: Sequence[Assignment], rules: ShiftRules, zone: ZoneInfo) -> list[DomainError]:
    day = local_day(shift.start, zone)
    days = [local_day(a.start, zone) for a in held]
    found: list[DomainError] = []
    if rules.most_a_day is not None and days.count(day) >= rules.most_a_day:
        found.append(DayFull(rules.most_a_day))
    monday = day - timedelta(days=day.weekday())
    in_week = sum(monday <= d < monday + timedelta(days=7) for d in days)
    if rules.most_a_week is not None and in_week >= rules.most_a_week:
        found.append(WeekFull(rules.most_a_week))
    return found


def _rest(shift: Shift, held: Sequence[Assignment], rules: ShiftRules) -> list[DomainError]:
    start, end = shift.start, shift.end
    rest_of: list[Assignment] = sorted(held, key=lambda a: a.start)
    grown = True
    while grown:  # each round takes in the shifts that touch the stretch as it is by now
        touching = [a for a in rest_of if a.start <= end + TOUCHING and start <= a.end + TOUCHING]
        grown = bool(touching)
        rest_of = [a for a in rest_of if a not in touching]
        start = min([start, *(a.start for a in touching)])
        end = max([end, *(a.end for a in touching)])
    found: list[DomainError] = []
    if end - start > max(rules.longest_stretch, shift.end - shift.start):
        found.append(StretchTooLong(int((end - start).total_seconds()) // 60))
    for other in rest_of:
        gap = max(start - other.end, other.start - end)
        if gap < rules.rest:
            found.append(RestTooShort(int(gap.total_seconds()) // 60, other.start, other.end))
    return found


def _age(shift: Shift, membership: Membership, rules: ShiftRules, zone: ZoneInfo) -> list[DomainError]:
    start, end = shift.start.astimezone(zone), shift.end.astimezone(zone)
    if membership.adult_on is None or start.date() >= membership.adult_on:
        return []
    by_day = start.date() == end.date() and rules.minors_from <= start.time() and end.time() <= rules.minors_until
    return [] if by_day and shift.end - shift.start <= rules.minors_longest else [NotForMinors()]
