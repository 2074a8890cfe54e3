"""Agreeing to be called on a day, and answering a call."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain import ladder, standby
from bot.domain.assignments import Assignment, Roster
from bot.domain.attendance import give_up
from bot.domain.days import local_day
from bot.domain.getting_commands import (
    AgreeStandby,
    ComeStandby,
    PassStandby,
    StandbyDays,
    WhoStandsBy,
    WithdrawStandby,
)
from bot.domain.ids import CommunityId
from bot.domain.life_errors import StandbyOver
from bot.domain.outcomes import Changed, Standing
from bot.domain.permissions import Action, may, require
from bot.domain.role_changes import only_role
from bot.domain.roles import room
from bot.domain.rungs import Step
from bot.domain.shifts import Shift
from bot.domain.standby import StandbyState, standby_id
from bot.domain.standby_outcomes import StandbyDay, StandbyNames, StandbyPage
from bot.domain.when import parse_day
from bot.services.attendance import attendance_of, keep
from bot.services.desk import Desk, Work
from bot.services.lists import PAGE, paged
from bot.services.people import Actor, standing, standings, standings_to
from bot.services.slots import held_around, slot_of
from bot.services.standby_calls import call_missing, called_to

AHEAD = 14  # days shown; a typed day may lie further ahead
FAR = timedelta(days=400)


class Standbys:
    """Use cases of standby. Every one raises NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def days(self, actor: Actor, query: StandbyDays) -> StandbyPage:
        """Return a page of the coming days, in every community where the actor serves."""
        async with self._desk.reading() as view:
            return await _page(view, actor, query.page)

    async def typed(self, actor: Actor, text: str, cause: str) -> StandbyPage:
        """Agree to the day that was typed. Raises what `bot.domain.when.parse_day` raises, and AlreadyStandby.

        Whoever belongs to several communities gets the days to choose from.
        """
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.STAND_BY)
            zone = (await view.tx.communities.one(where[0].community_id)).tz
            day = parse_day(text, now=view.now, zone=zone)
        if len(where) > 1:
            return await self.days(actor, StandbyDays())
        return await self.agree(actor, AgreeStandby(where[0].community_id, day.isoformat()), cause)

    async def agree(self, actor: Actor, command: AgreeStandby, cause: str) -> StandbyPage:
        """Note that the actor may be called that day. Raises AlreadyStandby, StandbyOver for a day that is past."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(StandbyPage):
                return done
            day = await _day(work, actor, command.community_id, command.day)
            key = standby_id(command.community_id, actor.person_id, day)
            ready, told = standby.agree(
                command.community_id,
                actor.person_id,
                day,
                earlier=await work.tx.standbys.get(key),
                turn=work.tx.turn(),
            )
            await work.tx.standbys.save(ready)
            work.happened(*told)
            return work.done(await _page(work, actor, 0, changed=day, what="agreed"))

    async def withdraw(self, actor: Actor, command: WithdrawStandby, cause: str) -> StandbyPage:
        """The actor cannot be called after all; a call goes on to the next. Raises StandbyOver."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(StandbyPage):
                return done
            day = await _day(work, actor, command.community_id, command.day)
            mine = await work.tx.standbys.one(standby_id(command.community_id, actor.person_id, day))
            gone, told = standby.withdraw(mine)
            await work.tx.standbys.save(gone)
            work.happened(*told)
            if mine.shift_id is not None and mine.state is StandbyState.CALLED:
                await call_missing(work, await work.tx.shifts.one(mine.shift_id))
            return work.done(await _page(work, actor, 0, changed=day, what="withdrawn"))

    async def who(self, actor: Actor, query: WhoStandsBy) -> StandbyNames:
        """Return who stands by, for those who lead."""
        async with self._desk.reading() as view:
            require(await standing(view, actor, query.community_id), Action.ASSIGN)
            day = _read(query.day)
            listed = [s for s in await view.tx.standbys.of_day(query.community_id, day) if _stands(s)]
            people = [((await view.tx.people.one(s.person_id)).name, str(s.state)) for s in listed]
            return StandbyNames(community_id=query.community_id, day=day, people=tuple(people))

    async def come(self, actor: Actor, command: ComeStandby, cause: str) -> Changed:
        """The actor comes: they get a place, perhaps that of somebody who is missing.

        Raises StandbyOver, ShiftCancelled, ShiftFull when nobody is missing any more, ShiftOverlaps.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift = await work.tx.shifts.one(command.shift_id)
            require(await standing(work, actor, shift.community_id), Action.STAND_BY)
            mine = await called_to(work, shift, actor.person_id)
            if mine is None:
                raise StandbyOver
            roster, role = await _make_room(work, shift)
            held = await held_around(work, actor.person_id, shift)
            coming, place, told = standby.come(mine, shift, roster, held, role=role, turn=work.tx.turn(), now=work.now)
            await work.tx.standbys.save(coming)
            await work.tx.assignments.save(place)
            work.happened(*told)
            community = await work.tx.communities.one(shift.community_id)
            work.touch(shift, community.tz)
            slot = await slot_of(work, shift, roster.after(place), actor.person_id, community=community)
            return work.done(Changed(what="comes", slot=slot))

    async def pass_on(self, actor: Actor, command: PassStandby, cause: str) -> Changed:
        """The actor cannot come; the next is called. Raises StandbyOver."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift = await work.tx.shifts.one(command.shift_id)
            require(await standing(work, actor, shift.community_id), Action.STAND_BY)
            mine = await called_to(work, shift, actor.person_id)
            if mine is None:
                raise StandbyOver
            free, told = standby.pass_call(mine, shift, silent=False)
            await work.tx.standbys.save(free)
            work.happened(*told)
            await call_missing(work, shift)
            roster = await work.tx.assignments.roster(shift.id)
            return work.done(Changed(what="call_passed", slot=await slot_of(work, shift, roster, actor.person_id)))


async def _make_room(work: Work, shift: Shift) -> tuple[Roster, str]:
    """Return the roster with a place free for whoever comes, and its role: where it is full, a missing person's."""
    roster = await work.tx.assignments.roster(shift.id)
    attendances = {a.id: a for a in await work.tx.attendances.of_shift(shift.id)}
    missing = ladder.concerned(Step.MISSING, shift, roster, attendances)
    role = missing[0].role if missing else only_role(shift, roster)
    taken = [a.role for a in roster.taken]
    left = min(shift.capacity - len(taken), room(shift.roles, taken).get(role, 0) if shift.roles else shift.capacity)
    if left > 0 or not missing:
        return roster, role
    return roster.after(await _given_up(work, shift, missing[0])), role


async def _given_up(work: Work, shift: Shift, place: Assignment) -> Assignment:
    community = await work.tx.communities.one(shift.community_id)
    searches = await work.tx.searches.of_shift(shift.id)
    said = any(s.person_id == place.person_id and s.made_at < shift.start for s in searches)
    served = give_up(await attendance_of(work, shift, place), place, shift, excused=said, now=work.now)
    await keep(work, shift, community, served)
    return served.assignment or place


async def _day(work: Work, actor: Actor, community_id: CommunityId, text: str) -> date:
    require(await standing(work, actor, community_id), Action.STAND_BY)
    day = _read(text)
    if day < local_day(work.now, (await work.tx.communities.one(community_id)).tz):
        raise StandbyOver
    return day


def _read(text: str) -> date:
    """Return the day of a button. Raises StandbyOver for one that we did not make."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise StandbyOver from None


def _stands(mine: standby.Standby) -> bool:
    return mine.state is not StandbyState.WITHDRAWN


async def _page(work: Work, actor: Actor, page: int, *, changed: date | None = None, what: str = "") -> StandbyPage:
    where = await standings(work, actor, Action.STAND_BY)
    found = [day for s in where for day in await _days_of(work, actor, s, several=len(where) > 1)]
    found.sort(key=lambda d: (d.day, d.community, d.community_id))
    if changed is not None:
        page = next((n for n, d in enumerate(found) if d.day == changed), 0) // PAGE
    shown, page, pages = paged(found, page)
    return StandbyPage(days=tuple(shown), page=page, pages=pages, changed=changed, what=what)


async def _days_of(work: Work, actor: Actor, where: Standing, *, several: bool) -> list[StandbyDay]:
    """Return the days of one community: the next two weeks, and whatever the actor has agreed to beyond."""
    today = local_day(work.now, (await work.tx.communities.one(where.community_id)).tz)
    theirs = await work.tx.standbys.of_person(actor.person_id, today, today + FAR)
    days = {today + timedelta(days=n) for n in range(AHEAD)}
    days |= {m.day for m in theirs if m.community_id == where.community_id and _stands(m)}
    leads = may(await standing(work, actor, where.community_id), Action.ASSIGN)
    found = []
    for day in days:
        everybody = [m for m in await work.tx.standbys.of_day(where.community_id, day) if _stands(m)]
        found.append(
            StandbyDay(
                community_id=where.community_id,
                community=where.community if several else "",
                day=day,
                state=next((str(m.state) for m in everybody if m.person_id == actor.person_id), ""),
                people=len(everybody),
                leads=leads,
            )
        )
    return found
