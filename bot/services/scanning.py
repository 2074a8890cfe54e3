"""Checking in by the code at a checkpoint, and the question whether one is near it: only yes or no is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.assignments import Hold
from bot.domain.attendance import Attendance, How
from bot.domain.checkpoints import Checkpoint
from bot.domain.code_commands import ScanCode
from bot.domain.code_outcomes import Scanned
from bot.domain.codes import Code, CodeState, Turn, check_code, is_near, turn_of
from bot.domain.drafts import Draft
from bot.domain.duty_commands import CheckIn
from bot.domain.errors import DraftGone
from bot.domain.ids import ShiftId
from bot.domain.life_errors import CodeInvalid
from bot.domain.permissions import Action, may
from bot.domain.shifts import LONGEST_SHIFT, Shift, ShiftState
from bot.services.attendance import arrive, attendance_of, duty_at
from bot.services.codes import ask
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standing
from bot.services.slots import slots_of

NEAR = "near"  # the dialog that asks where somebody is who has checked in
AHEAD = timedelta(hours=36)  # a shift that begins sooner is told of


class Scanning:
    """Use cases of people who stand before a code."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def scan(self, actor: Actor, command: ScanCode, cause: str) -> Scanned:
        """Check in whoever has a shift there now; tell everybody else how it stands. Raises CodeInvalid and others."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Scanned):
                return done
            code = await work.tx.codes.get(command.code_id)
            if code is None:
                raise CodeInvalid
            checkpoint = await work.tx.checkpoints.one(code.checkpoint_id)
            if not may(await standing(work, actor, code.community_id), Action.CHECK_IN):
                return work.done(Scanned(what="stranger", place=checkpoint.name))
            if command.shift_id:
                shift = await work.tx.shifts.one(ShiftId(command.shift_id))
                check_code(code, shift)
                return work.done(await _arrived(work, actor, shift, checkpoint))
            return work.done(await _read(work, actor, code, checkpoint))

    async def near(self, actor: Actor, at: tuple[float, float] | None, cause: str) -> Scanned:
        """Note whether the actor is near (None: they do not say), and forget where. Raises DraftGone."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Scanned):
                return done
            draft = await work.tx.drafts.get(actor.person_id)
            if draft is None or draft.dialog != NEAR:
                raise DraftGone
            await work.tx.drafts.remove(draft.id)
            there = await work.tx.attendances.one(draft.text("attendance"))
            checkpoint = await work.tx.checkpoints.one(there.checkpoint_id)
            near = is_near(checkpoint, *at) if at is not None else None
            if near is not None and there.near is None:
                there = replace(there, near=near)
                await work.tx.attendances.save(there)
            shift = await work.tx.shifts.one(there.shift_id)
            what = {True: "near", False: "far", None: "skipped"}[near]
            duty = await duty_at(work, shift, there, actor, what="checked_in")
            return work.done(Scanned(what=what, place=checkpoint.name, duty=duty))

    async def asked(self, actor: Actor, draft: Draft) -> Scanned:
        """Return the question where they are as it stands."""
        async with self._desk.reading() as view:
            there = await view.tx.attendances.one(draft.text("attendance"))
            shift = await view.tx.shifts.one(there.shift_id)
            place = (await view.tx.checkpoints.one(there.checkpoint_id)).name
            duty = await duty_at(view, shift, there, actor, what="checked_in")
            return Scanned(what="there", place=place, duty=duty, ask=True)


async def _read(work: Work, actor: Actor, code: Code, checkpoint: Checkpoint) -> Scanned:
    """Return what the code means to the actor now, checking them in where that is clear."""
    turns: dict[tuple[Turn, bool], list[tuple[Shift, Attendance]]] = {}
    for shift, attendance in await _around(work, actor):
        rules = (await work.tx.communities.one(shift.community_id)).rules
        key = turn_of(shift, attendance, rules, work.now), shift.checkpoint_id == checkpoint.id
        turns.setdefault(key, []).append((shift, attendance))
    open_here = turns.get((Turn.OPEN, True), [])
    if code.state is CodeState.REVOKED:
        return await _told(work, actor, checkpoint, "revoked", open_here)
    if len(open_here) == 1:
        return await _arrived(work, actor, open_here[0][0], checkpoint)
    if open_here:
        several = await _told(work, actor, checkpoint, "several", open_here)
        return replace(several, code_id=code.id)
    if there := turns.get((Turn.THERE, True)):
        duty = await duty_at(work, *there[0], actor, what="checked_in")
        return Scanned(what="there", place=checkpoint.name, duty=duty)
    return await _otherwise(work, actor, checkpoint, turns)


async def _otherwise(
    work: Work,
    actor: Actor,
    checkpoint: Checkpoint,
    turns: dict[tuple[Turn, bool], list[tuple[Shift, Attendance]]],
) -> Scanned:
    """Return why nobody is checked in: at the wrong time, at the wrong place, or not on any shift here."""
    elsewhere = [*turns.get((Turn.OPEN, False), []), *turns.get((Turn.THERE, False), [])]
    if early := turns.get((Turn.EARLY, True)):
        told = await _told(work, actor, checkpoint, "early", early[:1])
        rules = (await work.tx.communities.one(checkpoint.community_id)).rules
        return replace(told, opens=early[0][0].start - rules.checkin_opens)
    if elsewhere:
        return await _told(work, actor, checkpoint, "elsewhere", elsewhere)
    if over := turns.get((Turn.OVER, True)):
        return await _told(work, actor, checkpoint, "over", over[-1:])
    return Scanned(what="none", place=checkpoint.name)


async def _around(work: Work, actor: Actor) -> list[tuple[Shift, Attendance]]:
    """Return the actor's shifts around now, by start; also those on which they were given up."""
    begin, end = work.now - LONGEST_SHIFT, work.now + AHEAD
    found: list[tuple[Shift, Attendance]] = []
    for hold in (Hold.ON, Hold.MISSED):
        for place in await work.tx.assignments.of_person(actor.person_id, hold, begin, end):
            shift = await work.tx.shifts.one(place.shift_id)
            if shift.state is ShiftState.OPEN:
                found.append((shift, await attendance_of(work, shift, place)))
    return sorted(found, key=lambda pair: (pair[0].start, pair[0].id))


async def _told(
    work: Work, actor: Actor, checkpoint: Checkpoint, what: str, found: list[tuple[Shift, Attendance]]
) -> Scanned:
    slots = await slots_of(work, (shift for shift, _ in found), actor.person_id)
    return Scanned(what=what, place=checkpoint.name, slots=tuple(slots))


async def _arrived(work: Work, actor: Actor, shift: Shift, checkpoint: Checkpoint) -> Scanned:
    """Check the actor in, and ask where they are unless that does not matter or they are filling in a form."""
    duty = await arrive(work, actor, CheckIn(shift.id), how=How.CODE)
    draft = await work.tx.drafts.get(actor.person_id)
    free = draft is None or draft.expires_at <= work.now or draft.dialog == NEAR
    asks = checkpoint.latitude is not None and free
    if asks:
        await ask(work, actor, NEAR, checkpoint, attendance=f"{shift.id}:{actor.person_id}")
    return Scanned(what="checked_in", place=checkpoint.name, duty=duty, ask=asks)
