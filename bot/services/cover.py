"""Somebody cannot come, and another takes the place."""

from __future__ import annotations

from bot.domain import cover
from bot.domain.assignments import Hold, Roster
from bot.domain.cover import Handed, Search
from bot.domain.getting_commands import AnswerCover, SeekCover, TakeCover, UndoCover, WithdrawCover
from bot.domain.ids import SearchId, ShiftId
from bot.domain.life_errors import CoverOver
from bot.domain.outcomes import Changed, Slot
from bot.domain.permissions import Action, require
from bot.domain.roles import UNNAMED
from bot.domain.shifts import Shift
from bot.services.desk import Desk, Work
from bot.services.eligibility import require_fit
from bot.services.exchanges import close_swaps, forget_check_ins
from bot.services.people import Actor, standing
from bot.services.searches import go_on
from bot.services.slots import held_around, running_search, slot_of
from bot.services.waitlists import free_guests


class Cover:
    """Use cases of cover. Every one raises NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def seek(self, actor: Actor, command: SeekCover, cause: str) -> Changed:
        """Begin to look for somebody who takes the actor's place. Raises what `bot.domain.cover.seek` raises."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await _shift(work, actor, command.shift_id, Action.SEEK_COVER)
            earlier = await running_search(work, shift.id, actor.person_id)
            id_ = SearchId(f"{shift.community_id}-{work.ids.fresh()}")
            search, happened = cover.seek(id_, shift, roster, actor.person_id, earlier=earlier, now=work.now)
            work.happened(*happened)
            search = await go_on(work, search, shift, roster)
            return await _changed(work, shift, roster, search, actor, what="seeking")

    async def withdraw(self, actor: Actor, command: WithdrawCover, cause: str) -> Changed:
        """The actor comes after all. Raises CoverOver."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await _shift(work, actor, command.shift_id, Action.SEEK_COVER)
            search = await running_search(work, shift.id, actor.person_id)
            if search is None:
                raise CoverOver
            closed, happened = cover.withdraw(search, shift, by=actor.person_id)
            await work.tx.searches.save(closed)
            work.happened(*happened)
            return await _changed(work, shift, roster, closed, actor, what="not_seeking")

    async def take(self, actor: Actor, command: TakeCover, cause: str) -> Changed:
        """Take the place, or agree to.

        Raises what `bot.domain.cover.take` and the community's rules raise, too little rest unless `sure`.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            search = await work.tx.searches.one(command.search_id)
            shift, roster = await _shift(work, actor, search.shift_id, Action.CLAIM)
            community = await work.tx.communities.one(shift.community_id)
            held = await held_around(work, actor.person_id, shift)
            handed = cover.take(
                search,
                shift,
                roster,
                actor.person_id,
                held,
                approval=community.rules.approve_cover,
                turn=work.tx.turn(),
                now=work.now,
            )
            mine = roster.find(search.person_id)
            await require_fit(
                work,
                actor.person_id,
                shift,
                roster,
                role=mine.role if mine else UNNAMED,
                leaving=search.person_id,
                sure=command.sure,
            )
            return await _handed(work, shift, roster, handed, actor, what="covered" if handed.assignments else "agreed")

    async def undo(self, actor: Actor, command: UndoCover, cause: str) -> Changed:
        """Give the place back to whom it was; the search goes on. Raises UndoOver, NotYours."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            search = await work.tx.searches.one(command.search_id)
            shift, roster = await _shift(work, actor, search.shift_id, Action.RELEASE)
            held = await held_around(work, search.person_id, shift)
            handed = cover.undo(search, shift, roster, held, by=actor.person_id, turn=work.tx.turn(), now=work.now)
            return await _handed(work, shift, roster, handed, actor, what="uncovered")

    async def look(self, actor: Actor, search_id: SearchId) -> Slot:
        """Return the shift for which somebody is looked for."""
        async with self._desk.reading() as view:
            search = await view.tx.searches.one(search_id)
            shift, roster = await _shift(view, actor, search.shift_id, Action.SEE_SHIFTS)
            return await slot_of(view, shift, roster, actor.person_id)

    async def answer(self, actor: Actor, command: AnswerCover, cause: str) -> Changed:
        """A coordinator approves or does not. Raises CoverOver, and what taking the place raises."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            search = await work.tx.searches.one(command.search_id)
            shift, roster = await _shift(work, actor, search.shift_id, Action.APPROVE_EXCHANGE)
            if not command.yes:
                again, happened = cover.refuse(search, shift, by=actor.person_id, now=work.now)
                work.happened(*happened)
                again = await go_on(work, again, shift, roster)
                return await _changed(work, shift, roster, again, actor, what="cover_refused")
            held = await held_around(work, search.cover_id, shift) if search.cover_id else []
            handed = cover.approve(search, shift, roster, held, by=actor.person_id, turn=work.tx.turn(), now=work.now)
            return await _handed(work, shift, roster, handed, actor, what="cover_approved")


async def _shift(work: Work, actor: Actor, shift_id: ShiftId, action: Action) -> tuple[Shift, Roster]:
    shift = await work.tx.shifts.one(shift_id)
    require(await standing(work, actor, shift.community_id), action)
    return shift, await work.tx.assignments.roster(shift.id)


async def _handed(work: Work, shift: Shift, roster: Roster, handed: Handed, actor: Actor, *, what: str) -> Changed:
    """Save what changed hands; a search that is open again asks on."""
    for assignment in handed.assignments:
        await work.tx.assignments.save(assignment)
    await forget_check_ins(work, handed.assignments)
    await close_swaps(work, shift, [a.person_id for a in handed.assignments if a.hold is not Hold.ON])
    roster = roster.after(*handed.assignments)
    work.happened(*handed.events)
    for gone in handed.assignments:
        if gone.hold is not Hold.ON:
            roster = await free_guests(work, shift, roster, gone.person_id, actor.person_id)
    if handed.search.open:
        search = await go_on(work, handed.search, shift, roster)
    else:
        search = handed.search
        await work.tx.searches.save(search)
    return await _changed(work, shift, roster, search, actor, what=what)


async def _changed(work: Work, shift: Shift, roster: Roster, search: Search, actor: Actor, *, what: str) -> Changed:
    community = await work.tx.communities.one(shift.community_id)
    work.touch(shift, community.tz)
    slot = await slot_of(work, shift, roster, actor.person_id, community=community)
    return work.done(Changed(what=what, slot=slot, people=len(search.asked), search_id=search.id))
