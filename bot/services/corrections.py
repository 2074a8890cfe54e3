"""Coordinators look at who was there, and set right what is recorded, with a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.assignments import Assignment, Hold
from bot.domain.attendance import Attendance, Presence
from bot.domain.communities import Community
from bot.domain.corrections import correct
from bot.domain.days import local_day
from bot.domain.duty_commands import CorrectAttendance, PastShifts
from bot.domain.duty_outcomes import Corrected, PersonSheet, Sheet, SheetLine
from bot.domain.errors import NotYours
from bot.domain.ids import PersonId, ShiftId, community_of
from bot.domain.outcomes import SlotPage
from bot.domain.permissions import Action, require
from bot.domain.shifts import Shift, ShiftState
from bot.domain.when import LineRefused, parse_hours
from bot.domain.when.local import instant
from bot.services.attendance import attendance_of, keep
from bot.services.desk import Desk, Work
from bot.services.lists import paged
from bot.services.people import Actor, standing
from bot.services.slots import slot_of, slots_of

LOOKS_BACK = timedelta(days=62)


class Corrections:
    """Use cases of coordinators on what was. Every one raises NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def past(self, actor: Actor, query: PastShifts) -> SlotPage:
        """Return a page of a checkpoint's shifts that have begun, the newest first."""
        async with self._desk.reading() as view:
            checkpoint = await view.tx.checkpoints.one(query.checkpoint_id)
            require(await standing(view, actor, checkpoint.community_id), Action.CORRECT_ATTENDANCE)
            shifts = await view.tx.shifts.of_checkpoint(checkpoint.id, view.now - LOOKS_BACK, view.now)
            newest = [s for s in reversed(shifts) if s.state is ShiftState.OPEN]
            chosen, page, pages = paged(newest, query.page)
            return SlotPage(
                slots=tuple(await slots_of(view, chosen, actor.person_id)),
                page=page,
                pages=pages,
                community_id=checkpoint.community_id,
                checkpoint_id=checkpoint.id,
                place=checkpoint.name,
            )

    async def sheet(self, actor: Actor, shift_id: ShiftId) -> Sheet:
        """Return how everybody served who held a place in the shift to its start."""
        async with self._desk.reading() as view:
            shift, _ = await _load(view, actor, shift_id)
            places = sorted(await view.tx.assignments.of_shift(shift.id), key=lambda a: a.turn)
            lines = [await _line(view, shift, a) for a in places if a.hold in (Hold.ON, Hold.MISSED)]
            roster = await view.tx.assignments.roster(shift.id)
            return Sheet(slot=await slot_of(view, shift, roster, None), lines=tuple(lines))

    async def person(self, actor: Actor, shift_id: ShiftId, person_id: PersonId) -> PersonSheet:
        """Return how one person served, with every correction. Raises NotYours unless they held a place."""
        async with self._desk.reading() as view:
            shift, _ = await _load(view, actor, shift_id)
            place = await _place(view, shift, person_id)
            return await _sheet(view, shift, place, await attendance_of(view, shift, place))

    async def correct(self, actor: Actor, command: CorrectAttendance, text: str, cause: str) -> Corrected:
        """Set right how somebody served. `text` is the reason, for 'completed' perhaps with hours in front of it.

        Raises ReasonNeeded, NothingCorrected, NotYours besides.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Corrected):
                return done
            shift, community = await _load(work, actor, command.shift_id)
            place = await _place(work, shift, command.person_id)
            came, went, reason = _read(text, shift, community)
            served = correct(
                await attendance_of(work, shift, place),
                shift,
                Presence(command.to),
                came=came,
                went=went,
                by=actor.person_id,
                reason=reason,
                now=work.now,
            )
            await keep(work, shift, community, served)
            return work.done(Corrected(sheet=await _sheet(work, shift, place, served.attendance)))


async def _load(work: Work, actor: Actor, shift_id: ShiftId) -> tuple[Shift, Community]:
    shift = await work.tx.shifts.one(shift_id)
    require(await standing(work, actor, shift.community_id), Action.CORRECT_ATTENDANCE)
    return shift, await work.tx.communities.one(community_of(shift.id))


async def _place(work: Work, shift: Shift, person_id: PersonId) -> Assignment:
    """Return a place that was held to the start. Raises NotYours."""
    places = await work.tx.assignments.of_shift(shift.id)
    found = next((a for a in places if a.person_id == person_id and a.hold in (Hold.ON, Hold.MISSED)), None)
    if found is None:
        raise NotYours
    return found


async def _line(view: Work, shift: Shift, place: Assignment) -> SheetLine:
    return _as_line(await attendance_of(view, shift, place), (await view.tx.people.one(place.person_id)).name)


def _as_line(a: Attendance, name: str) -> SheetLine:
    return SheetLine(
        person_id=a.person_id,
        name=name,
        state=a.state.value,
        came=a.checked_in_at,
        went=a.checked_out_at,
        late=a.late,
        early=a.early,
        assumed=a.assumed,
        corrected=bool(a.corrections),
        near=a.near,
    )


async def _sheet(view: Work, shift: Shift, place: Assignment, a: Attendance) -> PersonSheet:
    roster = await view.tx.assignments.roster(shift.id)
    history = []
    for note in a.corrections:
        by = await view.tx.people.get(note.by)
        history.append((note.at, by.name if by else "", note.after.value, note.reason))
    name = (await view.tx.people.one(place.person_id)).name
    return PersonSheet(slot=await slot_of(view, shift, roster, None), line=_as_line(a, name), history=tuple(history))


def _read(text: str, shift: Shift, community: Community) -> tuple[datetime | None, datetime | None, str]:
    """Return the hours that stand in front of a reason, if any, as instants on the shift's local day, and the rest."""
    first, _, rest = text.strip().partition(" ")
    try:
        spans = parse_hours(first)
    except LineRefused:
        return None, None, text
    begin, end = spans[0]
    day = local_day(shift.start, community.tz)
    came = _at(day, begin, community)
    went = _at(day, end, community)
    return came, went if went > came else _at(day + timedelta(days=1), end, community), rest


def _at(day: date, clock: time, community: Community) -> datetime:
    return instant(day, clock, community.tz)
