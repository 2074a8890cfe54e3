"""Claiming a shift, giving it back, waiting for one, calling one off."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import changes, guests, role_changes, shifts, waitlist
from bot.domain.assignments import Assignment, Roster, assignment_id
from bot.domain.commands import CancelShift, ClaimShift, JoinWaitlist, LeaveWaitlist, ReleaseShift
from bot.domain.events import Event
from bot.domain.ids import PersonId, ShiftId
from bot.domain.life_errors import RoleNeeded
from bot.domain.outcomes import Changed
from bot.domain.permissions import Action, require
from bot.domain.shifts import Shift
from bot.services.desk import Desk, Work
from bot.services.eligibility import require_fit
from bot.services.exchanges import close_exchanges
from bot.services.people import Actor, standing
from bot.services.slots import held_around, slot_of
from bot.services.waitlists import pass_along


class Shifts:
    """Use cases on one shift. Every one raises NotFound, NotAllowed, and what `bot.domain.shifts` raises."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def claim(self, actor: Actor, command: ClaimShift, cause: str) -> Changed:
        """Give the actor a place in the shift; where several roles have room, only ask which.

        Raises what the community's rules say, too little rest unless `sure`.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await self._load(work, actor, command.shift_id, Action.CLAIM)
            held = await held_around(work, actor.person_id, shift)
            role = command.role or role_changes.only_role(shift, roster)
            try:
                placed, happened = shifts.claim(
                    shift, roster, actor.person_id, held, role=role, turn=work.tx.turn(), now=work.now
                )
            except RoleNeeded:  # this press only asks
                slot = await slot_of(work, shift, roster, actor.person_id)
                return work.done(Changed(what="which_role", slot=slot))
            await require_fit(work, actor.person_id, shift, roster, role=placed.role, sure=command.sure)
            return await change(work, shift, roster, [placed], happened, what="claimed", reader=actor.person_id)

    async def release(self, actor: Actor, command: ReleaseShift, cause: str) -> Changed:
        """Take the actor's place back and offer it to whoever waits; late and not `sure`, only ask.

        After the community's cut-off nothing changes either: then one seeks cover.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await self._load(work, actor, command.shift_id, Action.RELEASE)
            community = await work.tx.communities.one(shift.community_id)
            if shifts.must_seek(shift, roster, actor.person_id, cutoff=community.rules.release_cutoff, now=work.now):
                return Changed(what="would_seek", slot=await slot_of(work, shift, roster, actor.person_id))
            if not command.sure and shifts.asks_before_release(shift, roster, actor.person_id, now=work.now):
                slot = await slot_of(work, shift, roster, actor.person_id)
                return work.done(
                    Changed(what="would_release", slot=slot)
                )  # this press only asks, if it comes again, too
            freed, happened = shifts.release(shift, roster, actor.person_id, sure=command.sure, now=work.now)
            gone, told = guests.release_all(shift, roster, host=actor.person_id, by=actor.person_id)
            return await free(
                work, shift, roster, [freed, *gone], [*happened, *told], what="released", reader=actor.person_id
            )

    async def wait(self, actor: Actor, command: JoinWaitlist, cause: str) -> Changed:
        """Put the actor on the waitlist, if they could take a place; about rest they are asked when one is offered."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await self._load(work, actor, command.shift_id, Action.CLAIM)
            earlier = await work.tx.assignments.get(assignment_id(shift.id, actor.person_id))
            waiting, happened = waitlist.join_waitlist(
                shift, roster, actor.person_id, earlier=earlier, role=command.role, turn=work.tx.turn(), now=work.now
            )
            await require_fit(work, actor.person_id, shift, roster, role=waiting.role, sure=True)
            what = "waiting" if actor.reachable else "waiting_unreached"
            return await change(work, shift, roster, [waiting], happened, what=what, reader=actor.person_id)

    async def stop_waiting(self, actor: Actor, command: LeaveWaitlist, cause: str) -> Changed:
        """Take the actor off the waitlist."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await self._load(work, actor, command.shift_id, Action.RELEASE)
            gone, happened = waitlist.leave_waitlist(shift, roster, actor.person_id)
            return await change(work, shift, roster, [gone], happened, what="not_waiting", reader=actor.person_id)

    async def call_off(self, actor: Actor, command: CancelShift, cause: str) -> Changed:
        """Cancel the shift and tell everybody on it; unless `sure`, only say whom it would concern."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await self._load(work, actor, command.shift_id, Action.CANCEL_SHIFT)
            off, freed, happened = changes.call_off(shift, roster, by=actor.person_id, now=work.now)
            if not command.sure:
                slot = await slot_of(work, shift, roster, actor.person_id)
                return Changed(what="would_cancel", slot=slot, people=len(freed))
            await work.tx.shifts.save(off)
            await close_exchanges(work, off, [a.person_id for a in freed], actor.person_id)
            changed = await change(work, off, roster, freed, happened, what="cancelled", reader=actor.person_id)
            return work.done(Changed(what="cancelled", slot=changed.slot, people=len(freed)))

    async def _load(self, work: Work, actor: Actor, shift_id: ShiftId, action: Action) -> tuple[Shift, Roster]:
        shift = await work.tx.shifts.one(shift_id)
        require(await standing(work, actor, shift.community_id), action)
        return shift, await work.tx.assignments.roster(shift.id)


async def change(
    work: Work,
    shift: Shift,
    roster: Roster,
    moved: Sequence[Assignment],
    happened: Sequence[Event],
    *,
    what: str,
    reader: PersonId,
) -> Changed:
    """Save what moved, note what happened, and return the shift as the reader now sees it."""
    for assignment in moved:
        await work.tx.assignments.save(assignment)
        roster = roster.after(assignment)
    work.happened(*happened)
    community = await work.tx.communities.one(shift.community_id)
    work.touch(shift, community.tz)
    slot = await slot_of(work, shift, roster, reader, community=community)
    return work.done(Changed(what=what, slot=slot))


async def free(
    work: Work,
    shift: Shift,
    roster: Roster,
    freed: Sequence[Assignment],
    happened: Sequence[Event],
    *,
    what: str,
    reader: PersonId,
) -> Changed:
    """Save freed places, and offer them to whoever is next in line."""
    after = await pass_along(work, shift, roster, freed, happened)
    return await change(work, shift, after, [], [], what=what, reader=reader)
