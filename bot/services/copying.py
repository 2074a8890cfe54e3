"""Copying a week of shifts into another: chosen by buttons or one typed line, shown before, taken back for a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.communities import Community
from bot.domain.copies import LeftOut, copy_week, left_out
from bot.domain.copy_outcomes import CopiedShift, WeekCopy
from bot.domain.days import day_bounds, local_day
from bot.domain.errors import NotAllowed, NothingToMake
from bot.domain.events import Event
from bot.domain.ids import BatchId, CommunityId, ShiftId
from bot.domain.life_errors import PeriodInvalid
from bot.domain.making_commands import CopyWeek
from bot.domain.permissions import Action
from bot.domain.shifts import Shift
from bot.domain.when.weeks import parse_weeks
from bot.services.desk import Desk, Work
from bot.services.generation import keep
from bot.services.people import Actor, standings_to

WEEK = timedelta(days=7)


class Copying:
    """Use cases of copying weeks. Every one raises NotAllowed, NotSetUp and PeriodInvalid."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def typed(self, actor: Actor, line: str) -> WeekCopy:
        """Ask, or show, what `this week -> next week` says. Raises NotUnderstood and more of the grammar."""
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.MAKE_SHIFTS)
            if not line or len(where) > 1:
                return WeekCopy(step="community", communities=tuple(where))
            community = await view.tx.communities.one(where[0].community_id)
            monday, to = parse_weeks(line, today=local_day(view.now, community.tz))
            return await _shown(view, actor, community, monday, to)

    async def copy(self, actor: Actor, command: CopyWeek, cause: str) -> WeekCopy:
        """Ask for what the command does not say; show what it would make; once `sure`, make it."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(WeekCopy):
                return done
            where = [
                s
                for s in await standings_to(work, actor, Action.MAKE_SHIFTS)
                if command.community_id in ("", s.community_id)
            ]
            if not where:
                raise NotAllowed(Action.MAKE_SHIFTS)
            if len(where) > 1:
                return WeekCopy(step="community", communities=tuple(where))
            community = await work.tx.communities.one(where[0].community_id)
            today = local_day(work.now, community.tz)
            this = today - timedelta(days=today.weekday())
            form = WeekCopy(step="week", community_id=community.id, zone=community.zone, this=this)
            if not command.monday:
                return form
            monday = _day(command.monday)
            if not command.to:
                return replace(form, step="to", monday=monday)
            if not command.sure:
                return await _shown(work, actor, community, monday, _day(command.to))
            return work.done(await _made(work, actor, community, monday, _day(command.to)))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PeriodInvalid from None


async def _copies(
    work: Work, actor: Actor, community: Community, monday: date, to: date
) -> tuple[list[Shift], list[Event], LeftOut]:
    """Return the week made anew, with what is left out; nothing is saved."""
    first = day_bounds(monday, community.tz)[0], day_bounds(monday + WEEK, community.tz)[0]
    second = day_bounds(to, community.tz)[0], day_bounds(to + WEEK, community.tz)[0]
    shifts = await work.tx.shifts.of_community(community.id, *first)
    there = await work.tx.shifts.of_community(community.id, *second)
    batch_id = BatchId(f"{community.id}-{work.ids.fresh()}")
    try:
        made, told = copy_week(
            shifts,
            there,
            monday=monday,
            to=to,
            zone=community.tz,
            batch_id=batch_id,
            by=actor.person_id,
            now=work.now,
            next_id=lambda: ShiftId(f"{community.id}-{work.ids.fresh()}"),
        )
    except NothingToMake:
        made, told = [], []
    return made, told, left_out(shifts, made)


async def _shown(work: Work, actor: Actor, community: Community, monday: date, to: date) -> WeekCopy:
    made, _, left = await _copies(work, actor, community, monday, to)
    return await _outcome(work, community, monday, to, step="preview", made=made, left=left)


async def _made(work: Work, actor: Actor, community: Community, monday: date, to: date) -> WeekCopy:
    made, told, left = await _copies(work, actor, community, monday, to)
    if not made:
        raise NothingToMake
    for shift in made:
        await keep(work, shift, community)
    work.happened(*told)
    return await _outcome(work, community, monday, to, step="done", made=made, left=left)


async def _outcome(
    work: Work, community: Community, monday: date, to: date, *, step: str, made: list[Shift], left: LeftOut
) -> WeekCopy:
    names = {c.id: c.name for c in await work.tx.checkpoints.of_community(community.id)}
    shown = [CopiedShift(place=names.get(s.checkpoint_id, ""), start=s.start, end=s.end) for s in made]
    return WeekCopy(
        step=step,
        community_id=CommunityId(community.id),
        zone=community.zone,
        monday=monday,
        to=to,
        shifts=tuple(shown),
        series=left.series,
        existing=left.existing,
        batch_id=made[0].batch_id if made else "",
    )
