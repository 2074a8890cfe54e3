"""Shifts that come again: beginning a series, looking at it, taking it back, ending it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import errors, events, series
from bot.domain.batches import UNDO_WITHIN
from bot.domain.communities import Community
from bot.domain.day_rules import days_said
from bot.domain.days import local_day
from bot.domain.generation import planned
from bot.domain.ids import BatchId, CheckpointId, SeriesId, ShiftId, TeamId
from bot.domain.making_commands import EndSeries, RestoreDay, SeriesList, UndoSeries
from bot.domain.outcomes import Undone
from bot.domain.permissions import Action, require
from bot.domain.roles import ShiftRole
from bot.domain.series import Pattern, Series, SeriesState
from bot.domain.series_outcomes import SeriesEnding, SeriesLooked, SeriesPage, SeriesPlanned, SeriesShown
from bot.domain.shifts import Shift, ShiftState
from bot.domain.when import Hours, Repetition
from bot.services.desk import Desk, Work
from bot.services.eligibility import team_name
from bot.services.generation import Outlook, generate, outlook
from bot.services.lists import paged
from bot.services.people import Actor, standing, standings_to
from bot.services.roles import role_plan

FAR = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRequest:
    """A series that somebody wants; `first` and `until` are local days, None: from today, until further notice."""

    checkpoint_id: CheckpointId
    repetition: Repetition
    hours: tuple[Hours, ...]
    needed: int | None
    capacity: int | None
    roles: tuple[ShiftRole, ...] = ()
    team_id: TeamId | None = None
    first: date | None = None
    until: date | None = None


class AllSeries:
    """Use cases of series. Every one raises NotFound and NotAllowed, and what `bot.domain.series` raises."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def make(self, actor: Actor, request: SeriesRequest, cause: str) -> SeriesPlanned:
        """Begin a series, and make its shifts up to the horizon."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(SeriesPlanned):
                return done
            community = await _community(work, actor, request.checkpoint_id)
            begun, happened = await begin(work, actor, request, community, id_=work.ids.fresh(7))
            seen = await outlook(work, begun, community)
            work.happened(*happened)
            await generate(work, begun, community, seen)
            return work.done(await planned_of(work, begun, community, seen))

    async def undo(self, actor: Actor, command: UndoSeries, cause: str) -> Undone:
        """Take back a series within a minute, if nobody claimed from it. Raises TooLateToUndo, SomebodyClaimed."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Undone):
                return done
            begun, community = await load(work, actor, command.series_id)
            if work.now - begun.made_at > UNDO_WITHIN:
                raise errors.TooLateToUndo(int(UNDO_WITHIN.total_seconds()))
            shifts = await work.tx.shifts.of_batch(begun.batch_id)
            people = sum([len((await work.tx.assignments.roster(s.id)).taken) for s in shifts])
            if people:
                raise errors.SomebodyClaimed(people)
            for shift in shifts:
                await work.tx.shifts.remove(shift.id)
                work.touch(shift, community.tz)
                work.happened(_unmade(shift, actor))
            await work.tx.series.remove(begun.id)
            return work.done(Undone(shifts=len(shifts)))

    async def page(self, actor: Actor, query: SeriesList) -> SeriesPage:
        """Return a page of the running series of the communities the actor coordinates."""
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.MAKE_SERIES)
            found = [
                s
                for each in where
                for s in await view.tx.series.of_community(each.community_id)
                if s.state is SeriesState.RUNNING
            ]
            chosen, page, pages = paged(found, query.page)
            return SeriesPage(series=tuple([await shown(view, s) for s in chosen]), page=page, pages=pages)

    async def look(self, actor: Actor, series_id: SeriesId) -> SeriesLooked:
        """Return one series and what it has made."""
        async with self._desk.reading() as view:
            found, community = await load(view, actor, series_id)
            return await _looked(view, found, community)

    async def end(self, actor: Actor, command: EndSeries, cause: str) -> SeriesEnding:
        """Make no more shifts, and with `off` call off those that were made; unless `sure`, only say what it does."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(SeriesEnding):
                return done
            running, community = await load(work, actor, command.series_id)
            today = local_day(work.now, community.tz)
            last = today if command.off else max(today, (running.made_until or today) - timedelta(days=1))
            over, happened = series.end_after(running, last, by=actor.person_id)
            seen = await outlook(work, over, community, by=actor.person_id)
            ending = SeriesEnding(
                series=await shown(work, over),
                done=command.sure,
                off=command.off,
                shifts=len(seen.off),
                people=seen.people,
            )
            if not command.sure:
                return ending
            work.happened(*happened)
            await generate(work, over, community, replace(seen, make=(), moved=(), reopened=()))
            return work.done(ending)

    async def restore(self, actor: Actor, command: RestoreDay, cause: str) -> SeriesLooked:
        """Let a day that was left out take place after all, with nobody on its shifts yet."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(SeriesLooked):
                return done
            running, community = await load(work, actor, command.series_id)
            back, happened = series.restore_day(running, _day(command.day), by=actor.person_id)
            work.happened(*happened)
            await generate(work, back, community, await outlook(work, back, community, by=actor.person_id))
            return work.done(await _looked(work, back, community))


async def begin(
    work: Work, actor: Actor, request: SeriesRequest, community: Community, *, id_: str
) -> tuple[Series, list[events.Event]]:
    """Return the series that a request asks for, not saved. Raises what `bot.domain.series.new_series` raises."""
    today = local_day(work.now, community.tz)
    first = max(request.first or today, today)
    weekdays, every = sorted(request.repetition.weekdays), request.repetition.every
    anchor = next(day for day in (first + timedelta(days=n) for n in range(7)) if day.weekday() in weekdays)
    daily = len(weekdays) == 7 and every == 1
    pattern = Pattern(
        from_day=first,
        anchor=anchor,
        rule=series.DAILY if daily else series.weekly(weekdays, every=every),
        slots=series.slots_of(request.hours),
        checkpoint_id=request.checkpoint_id,
        needed=request.needed or request.capacity or 0,
        capacity=request.capacity or request.needed or 0,
        roles=request.roles,
        team_id=request.team_id,
    )
    return series.new_series(
        SeriesId(f"{community.id}-{id_}"),
        BatchId(f"{community.id}-b{id_}"),
        community.id,
        pattern,
        until=request.until,
        by=actor.person_id,
        now=work.now,
    )


async def planned_of(work: Work, begun: Series, community: Community, seen: Outlook) -> SeriesPlanned:
    """Return what beginning a series makes, as an outlook sees it."""
    today = local_day(work.now, community.tz)
    last = today + timedelta(days=community.rules.horizon_days)
    wanted = planned(begun, max(today, begun.first), last, work.recurrence.days, community.tz)
    ahead = [p for p in wanted if p.start > work.now]
    return SeriesPlanned(
        series=await shown(work, begun),
        spans=tuple(sorted((s.start, s.end) for s in seen.make)),
        existing=len(ahead) - len(seen.make),
        days=community.rules.horizon_days,
    )


async def load(work: Work, actor: Actor, series_id: SeriesId) -> tuple[Series, Community]:
    """Return a series and its community. Raises NotFound, NotAllowed."""
    found = await work.tx.series.one(series_id)
    require(await standing(work, actor, found.community_id), Action.MAKE_SERIES)
    return found, await work.tx.communities.one(found.community_id)


async def shown(work: Work, found: Series, day: date | None = None) -> SeriesShown:
    """Return a series as people say it, by the pattern that is valid on a local day, or by its newest."""
    pattern = (found.pattern_of(day) if day else None) or found.patterns[-1]
    checkpoint = await work.tx.checkpoints.one(pattern.checkpoint_id)
    community = await work.tx.communities.one(found.community_id)
    weekdays, every = days_said(pattern.rule)
    return SeriesShown(
        series_id=found.id,
        community_id=found.community_id,
        place=checkpoint.name,
        zone=community.zone,
        weekdays=weekdays,
        every=every,
        hours=tuple((s.start, s.end) for s in pattern.slots),
        needed=pattern.needed,
        capacity=pattern.capacity,
        roles=await role_plan(work, pattern.roles),
        team=await team_name(work, pattern.team_id),
        first=found.first,
        until=found.until,
        ended=found.state is SeriesState.ENDED,
    )


async def _looked(view: Work, found: Series, community: Community) -> SeriesLooked:
    today = local_day(view.now, community.tz)
    shifts = await view.tx.shifts.of_series(found.id, today, today + FAR)
    ahead = [s for s in shifts if s.state is ShiftState.OPEN and s.start > view.now]
    people = {a.person_id for s in ahead for a in (await view.tx.assignments.roster(s.id)).on}
    return SeriesLooked(
        series=await shown(view, found),
        shifts=len(ahead),
        people=len(people),
        skipped=tuple((s.day, s.reason) for s in found.skipped if s.day >= today),
    )


async def _community(work: Work, actor: Actor, checkpoint_id: CheckpointId) -> Community:
    checkpoint = await work.tx.checkpoints.one(checkpoint_id)
    require(await standing(work, actor, checkpoint.community_id), Action.MAKE_SERIES)
    return await work.tx.communities.one(checkpoint.community_id)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise errors.NotFound("days") from None


def _unmade(shift: Shift, actor: Actor) -> events.ShiftUnmade:
    return events.ShiftUnmade(
        community_id=shift.community_id,
        actor=actor.person_id,
        shift_id=ShiftId(shift.id),
        checkpoint_id=shift.checkpoint_id,
        batch_id=shift.batch_id,
    )
