"""Saying that one comes, checking in, checking out; and the checkpoint's words that are shown then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain import attendance as rules_of
from bot.domain import changes
from bot.domain.assignments import Assignment, Roster
from bot.domain.attendance import Attendance, How, Served, expected
from bot.domain.communities import Community
from bot.domain.duty_commands import CheckIn, CheckOut, ConfirmComing, StayOn
from bot.domain.duty_outcomes import Duty
from bot.domain.errors import NotYours
from bot.domain.events import Fact
from bot.domain.ids import PersonId, ShiftId
from bot.domain.life_errors import NobodyRelieves
from bot.domain.notices import Lane, Owed
from bot.domain.permissions import Action, require
from bot.domain.shifts import Shift, ShiftState
from bot.services.crediting import settle_hours
from bot.services.desk import Desk, Work
from bot.services.handovers import waiting_note
from bot.services.people import Actor, standing
from bot.services.shifts import change
from bot.services.slots import held_around, slot_of

RELIEF_HERE = "relief_here"
RELIEF_WITHIN = timedelta(minutes=30)  # a shift that begins so long around the end of another relieves it


class Attendances:
    """Use cases of one person at one shift. Every one raises NotFound, NotAllowed, and what the rules raise."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def confirm(self, actor: Actor, command: ConfirmComing, cause: str) -> Duty:
        """Note that the actor is coming."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Duty):
                return done
            shift, roster, _ = await _load(work, actor, command.shift_id, Action.CHECK_IN)
            mine, told = changes.confirm(shift, roster, actor.person_id, now=work.now)
            changed = await change(work, shift, roster, [mine], told, what="confirmed", reader=actor.person_id)
            return work.done(Duty(what="confirmed", slot=changed.slot))

    async def check_in(
        self, actor: Actor, command: CheckIn, cause: str, *, how: How = How.BUTTON, near: bool | None = None
    ) -> Duty:
        """Note that the actor is there, or (on a lead's word) somebody else is."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Duty):
                return done
            return work.done(await arrive(work, actor, command, how=how, near=near))

    async def check_out(self, actor: Actor, command: CheckOut, cause: str) -> Duty:
        """Note that the actor goes; if the post would stand empty, only ask, unless they are `sure`."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Duty):
                return done
            shift, roster, community = await _load(work, actor, command.shift_id, Action.CHECK_IN)
            mine = await _place(work, shift, roster, actor.person_id)
            there = await attendance_of(work, shift, mine)
            brought = await _brought(work, shift, roster, actor.person_id)
            try:
                served = rules_of.check_out(
                    there,
                    shift,
                    by=actor.person_id,
                    relieved=await _relieved(work, shift, [there, *brought]),
                    sure=command.sure,
                    rules=community.rules,
                    now=work.now,
                )
            except NobodyRelieves:
                return await duty_at(work, shift, there, actor, what="would_leave")
            await keep(work, shift, community, served)
            for guest in brought:  # they came together, and go together
                gone = rules_of.check_out(
                    guest, shift, by=actor.person_id, relieved=True, sure=True, rules=community.rules, now=work.now
                )
                await keep(work, shift, community, gone)
            duty = await duty_at(work, shift, served.attendance, actor, what="checked_out")
            return work.done(replace(duty, brings=len(brought)))

    async def stay(self, actor: Actor, command: StayOn, cause: str) -> Duty:
        """Note that the actor stays past the end until somebody relieves them."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Duty):
                return done
            shift, roster, community = await _load(work, actor, command.shift_id, Action.CHECK_IN)
            mine = await _place(work, shift, roster, actor.person_id)
            served = rules_of.stay_on(await attendance_of(work, shift, mine), shift)
            await keep(work, shift, community, served)
            return work.done(await duty_at(work, shift, served.attendance, actor, what="stays"))

    async def look(self, actor: Actor, shift_id: ShiftId) -> Duty:
        """Return how the actor's place stands, with the checkpoint's words once they are there."""
        async with self._desk.reading() as view:
            shift, roster, _ = await _load(view, actor, shift_id, Action.CHECK_IN)
            mine = await _place(view, shift, roster, actor.person_id)
            return await duty_at(view, shift, await attendance_of(view, shift, mine), actor, what="checked_in")


async def arrive(work: Work, actor: Actor, command: CheckIn, *, how: How, near: bool | None = None) -> Duty:
    """Note in this transaction that the actor is there, or (on a lead's word) somebody else is."""
    person_id = PersonId(command.person_id) or actor.person_id
    other = person_id != actor.person_id
    shift, roster, community = await _load(work, actor, command.shift_id, Action.CHECK_IN)
    theirs = roster.find(person_id)
    if other and (theirs is None or theirs.host != actor.person_id):  # a host speaks for their guests
        require(await standing(work, actor, shift.community_id), Action.CHECK_IN_OTHERS)
    mine = await _place(work, shift, roster, person_id)
    served = rules_of.check_in(
        await attendance_of(work, shift, mine),
        mine,
        shift,
        roster,
        held=await held_around(work, person_id, shift),
        how=How.LEAD if other else how,
        by=actor.person_id,
        near=near,
        rules=community.rules,
        now=work.now,
    )
    await keep(work, shift, community, served)
    await _tell_outgoing(work, served.attendance)
    return await duty_at(work, shift, served.attendance, actor, what="checked_in")


async def attendance_of(work: Work, shift: Shift, assignment: Assignment) -> Attendance:
    """Return what is known of a place; nothing: the person is expected."""
    return await work.tx.attendances.get(assignment.id) or expected(shift, assignment)


async def keep(work: Work, shift: Shift, community: Community, served: Served) -> None:
    """Save what became of an attendance and of the place behind it, and have the card looked at."""
    await work.tx.attendances.save(served.attendance)
    if served.assignment is not None:
        await work.tx.assignments.save(served.assignment)
    work.happened(*served.events)
    await settle_hours(work, shift, community, served.attendance)
    work.touch(shift, community.tz)


async def _load(work: Work, actor: Actor, shift_id: ShiftId, action: Action) -> tuple[Shift, Roster, Community]:
    shift = await work.tx.shifts.one(shift_id)
    require(await standing(work, actor, shift.community_id), action)
    roster = await work.tx.assignments.roster(shift.id)
    return shift, roster, await work.tx.communities.one(shift.community_id)


async def _place(work: Work, shift: Shift, roster: Roster, person_id: PersonId) -> Assignment:
    """Return the person's place, also one that was given up when they did not come. Raises NotYours."""
    place = roster.find(person_id) or next(
        (a for a in await work.tx.assignments.of_shift(shift.id) if a.person_id == person_id), None
    )
    if place is None:
        raise NotYours
    return place


async def _brought(work: Work, shift: Shift, roster: Roster, host: PersonId) -> list[Attendance]:
    """Return the guests of somebody who are there."""
    theirs = {a.id for a in roster.on if a.host == host}
    return [a for a in await work.tx.attendances.of_shift(shift.id) if a.id in theirs and a.present]


async def _relieved(work: Work, shift: Shift, going: Sequence[Attendance]) -> bool:
    """Say whether somebody else is at the checkpoint, or nobody has to be after this shift, which is over."""
    present = await work.tx.attendances.present(shift.community_id)
    gone = {a.id for a in going}
    if any(a.checkpoint_id == shift.checkpoint_id and a.id not in gone for a in present):
        return True
    if work.now < shift.end - RELIEF_WITHIN:
        return False
    begin = shift.end - RELIEF_WITHIN
    following = await work.tx.shifts.of_checkpoint(shift.checkpoint_id, begin, shift.end + RELIEF_WITHIN)
    return not any(s.state is ShiftState.OPEN and s.id != shift.id for s in following)


async def _tell_outgoing(work: Work, arrived: Attendance) -> None:
    """Owe word to those who stay past their end, or were asked to, that somebody has come."""
    for a in await work.tx.attendances.present(arrived.community_id):
        over = a.stays or a.end <= work.now
        if a.checkpoint_id == arrived.checkpoint_id and a.shift_id != arrived.shift_id and over:
            facts: dict[str, Fact] = {"shift_id": a.shift_id, "person_id": arrived.person_id}
            await work.owe(a.community_id, Owed(a.person_id, Lane.REPLY, RELIEF_HERE, facts))


async def duty_at(work: Work, shift: Shift, attendance: Attendance, actor: Actor, *, what: str) -> Duty:
    """Return a place as its holder (or the lead who spoke for them) sees it; the words only while one is there."""
    checkpoint = await work.tx.checkpoints.one(shift.checkpoint_id)
    roster = await work.tx.assignments.roster(shift.id)
    person = await work.tx.people.one(attendance.person_id)
    others = [
        (await work.tx.people.one(a.person_id)).name
        for a in await work.tx.attendances.present(shift.community_id)
        if a.checkpoint_id == shift.checkpoint_id and a.id != attendance.id
    ]
    return Duty(
        what=what,
        slot=await slot_of(work, shift, roster, attendance.person_id),
        late=attendance.late,
        early=attendance.early,
        stays=attendance.stays,
        instructions=checkpoint.instructions if attendance.present else "",
        contacts=checkpoint.contacts if attendance.present else "",
        there=tuple(others),
        name=person.name if person.id != actor.person_id else "",
        brings=sum(a.host == attendance.person_id for a in roster.on),
        handover=await waiting_note(work, checkpoint.id, attendance),
    )
