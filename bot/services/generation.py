"""Brings the shifts of a series in line with it: at once after a change, and every night for the days to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import changes, commitments
from bot.domain.assignments import Assignment
from bot.domain.changes import Moved
from bot.domain.communities import Community
from bot.domain.days import day_bounds, local_day
from bot.domain.deadlines import confirm_timer
from bot.domain.errors import DomainError
from bot.domain.events import Event
from bot.domain.generation import Differences, differences, horizon, made_events, planned
from bot.domain.ids import PersonId
from bot.domain.life_events import ConfirmationAsked
from bot.domain.people import membership_id
from bot.domain.permissions import Action, may
from bot.domain.series import Series
from bot.domain.shifts import Shift, ShiftState
from bot.domain.timers import Timer, TimerState, again, ended
from bot.services.desk import Work
from bot.services.eligibility import verdict_on
from bot.services.exchanges import close_exchanges
from bot.services.making import ensure_card
from bot.services.moving import move_all
from bot.services.slots import held_around
from bot.services.waitlists import pass_along

CARDS_AHEAD = timedelta(days=7)  # as far as /shifts looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What would be done so that the shifts agree with their series.

    `moved` has each shift as it is now and what becomes of it; `stuck` those that cannot become what the series
    wants, and why: they stay as they are.
    """

    make: tuple[Shift, ...] = ()
    moved: tuple[tuple[Shift, Moved], ...] = ()
    off: tuple[tuple[Shift, tuple[Assignment, ...], tuple[Event, ...]], ...] = ()
    reopened: tuple[tuple[Shift, tuple[Event, ...]], ...] = ()
    stuck: tuple[tuple[Shift, DomainError], ...] = ()

    @property
    def people(self) -> int:
        """How many people are asked about a change, or told that their shift is called off."""
        return len(self.asked | self.let_go)

    @property
    def asked(self) -> set[PersonId]:
        """Who is asked about a change."""
        return {e.person_id for _, m in self.moved for e in m.events if isinstance(e, ConfirmationAsked)}

    @property
    def let_go(self) -> set[PersonId]:
        """Who is told that a shift they are on or wait for is called off."""
        return {a.person_id for _, freed, _ in self.off for a in freed}


async def outlook(
    work: Work, series: Series, community: Community, *, by: PersonId | None = None, reason: str = ""
) -> Outlook:
    """Compare a series, as it shall be, with its shifts from today to the horizon; change nothing."""
    wanted = await _differences(work, series, community)
    off = []
    for shift in wanted.call_off:
        roster = await work.tx.assignments.roster(shift.id)
        gone, freed, told = changes.call_off(
            shift, roster, by=by or series.made_by, by_series=True, reason=reason, now=work.now
        )
        off.append((gone, tuple(freed), tuple(told)))
    reopened = [changes.reopen(s, by=by or series.made_by, now=work.now) for s in wanted.reopen]
    now_open = {s.id: s for s, _ in reopened}
    changing = [(now_open.get(s.id, s), change) for s, change in wanted.change]
    moved, stuck = await move_all(work, changing, {s.id for s in wanted.call_off}, by)
    return Outlook(
        make=wanted.make,
        moved=tuple(moved),
        off=tuple(off),
        reopened=tuple((s, tuple(told)) for s, told in reopened),
        stuck=tuple(stuck),
    )


async def generate(work: Work, series: Series, community: Community, seen: Outlook) -> None:
    """Do what the outlook says, save the series, and claim ahead for those committed to it."""
    for shift in seen.make:
        await keep(work, shift, community)
    work.happened(*made_events(seen.make))
    changed = {old.id for old, _ in seen.moved}
    for shift, told in seen.reopened:
        if shift.id not in changed:  # it is saved once, as it finally is
            await keep(work, shift, community)
        rows = await work.tx.assignments.of_shift(shift.id)
        work.happened(*told, *changes.back(shift, rows, by=series.made_by))
    for old, moved in seen.moved:
        await keep_moved(work, old, moved, community)
    for shift, freed, told in seen.off:
        await keep_called_off(work, shift, freed, told, community)
    end = horizon(series, community.rules.horizon_days, community.tz, work.now)[1]
    await work.tx.series.save(replace(series, made_until=max(end, series.made_until or end)))
    await _claim_ahead(work, series, [*seen.make, *(s for s, _ in seen.reopened)])


async def keep_called_off(
    work: Work, shift: Shift, freed: Sequence[Assignment], told: Sequence[Event], community: Community
) -> None:
    """Save a shift that was called off, and its places; what was sought for them is closed."""
    await work.tx.shifts.save(shift)
    await close_exchanges(work, shift, [a.person_id for a in freed], None)
    for assignment in freed:
        await work.tx.assignments.save(assignment)
    work.touch(shift, community.tz)
    work.happened(*told)


async def _claim_ahead(work: Work, series: Series, fresh: Sequence[Shift]) -> None:
    theirs = await work.tx.commitments.of_series(series.id)
    for shift in fresh if theirs else ():
        await preclaim(work, await work.tx.shifts.one(shift.id), theirs)


async def keep_moved(work: Work, old: Shift, moved: Moved, community: Community) -> None:
    """Save a changed shift with its places, and do what must happen together with it.

    Its people's reminders are planned anew, what they sought is closed, a place that is new is offered along the line.
    """
    work.touch(old, community.tz)
    shift = moved.shift
    await keep(work, shift, community)
    for assignment in moved.assignments:
        await work.tx.assignments.save(assignment)
    work.happened(*moved.events)
    roster = await work.tx.assignments.roster(shift.id)
    for place in roster.on:
        await work.plan_place(shift, place.person_id, community)
    asked = [e.person_id for e in moved.events if isinstance(e, ConfirmationAsked)]
    if asked:
        await close_exchanges(work, shift, asked, None)
        await work.plan(confirm_timer(shift, work.now))
    if roster.waiting:
        await pass_along(work, shift, roster, (), ())


async def preclaim(work: Work, shift: Shift, theirs: Sequence[commitments.Commitment]) -> None:
    """Claim a fresh shift for those committed to it; who cannot have the place is told."""
    wanting = [c for c in theirs if c.wants(shift) and await _fit(work, shift, c)]
    held = {c.person_id: await held_around(work, c.person_id, shift) for c in wanting}
    turns = [work.tx.turn() for _ in wanting]
    if not turns:
        return
    roster = await work.tx.assignments.roster(shift.id)
    claimed, told = commitments.preclaim(shift, roster, wanting, held, first_turn=turns[0], now=work.now)
    for assignment in claimed:
        await work.tx.assignments.save(assignment)
    work.happened(*told)


async def _fit(work: Work, shift: Shift, commitment: commitments.Commitment) -> bool:
    """Say whether somebody may have the place as if they claimed it; if not, they are told why, once for each shift."""
    community = await work.tx.communities.one(shift.community_id)
    theirs = await work.tx.memberships.one(membership_id(shift.community_id, commitment.person_id))
    if not may(theirs, Action.CLAIM):  # they left: a coordinator looks at what they hold, and nothing is added to it
        return False
    roster = await work.tx.assignments.roster(shift.id)
    verdict = await verdict_on(work, community, theirs, shift, roster, role=commitment.role, given=True)
    against = (*verdict.bars, *verdict.doubts)  # nobody can be asked about too little rest at night
    if against and roster.find(commitment.person_id) is None:
        work.happened(commitments.failed(shift, commitment, against[0]))
    return not against


async def generate_ahead(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Make the shifts of one more day, one series at a time; a series that ended some time ago is passed by."""
    return [await _ahead(work, timer) for timer in timers]


async def _ahead(work: Work, timer: Timer) -> Timer:
    community = await work.tx.communities.one(timer.community_id)
    after = str(timer.facts.get("after") or "")
    running = await work.tx.series.of_community(community.id)
    following = next((s for s in running if s.id > after), None)
    if following is None:
        return ended(timer, TimerState.DONE, work.now)
    seen = await outlook(work, following, community)
    await generate(work, following, community, seen)
    today = local_day(work.now, community.tz)
    for shift in await work.tx.shifts.of_series(following.id, today, today + CARDS_AHEAD + timedelta(days=1)):
        if shift.state is ShiftState.OPEN and shift.start > work.now:
            await _show(work, shift, community)
    return again(timer, work.now, after=following.id)


async def _differences(work: Work, series: Series, community: Community) -> Differences:
    begin, end = horizon(series, community.rules.horizon_days, community.tz, work.now)
    end = max(end, series.made_until or end)
    if begin >= end:
        return Differences()
    wanted = planned(series, begin, end, work.recurrence.days, community.tz)
    there = {s.id: s for s in await work.tx.shifts.of_series(series.id, begin, end)}
    first, last = day_bounds(begin, community.tz)[0], day_bounds(end, community.tz)[1] + timedelta(days=1)
    for checkpoint_id in {p.checkpoint_id for p in series.patterns}:
        there |= {s.id: s for s in await work.tx.shifts.of_checkpoint(checkpoint_id, first, last)}
    return differences(series, wanted, list(there.values()), now=work.now)


async def keep(work: Work, shift: Shift, community: Community) -> None:
    """Save a shift, with a card for its day when that is near."""
    await work.tx.shifts.save(shift)
    await _show(work, shift, community)


async def _show(work: Work, shift: Shift, community: Community) -> None:
    """Give the shift's day a card when it is near: three weeks of cards at once would bury the group."""
    if shift.start < work.now + CARDS_AHEAD:
        await ensure_card(work, shift, community)
    else:
        work.touch(shift, community.tz)
