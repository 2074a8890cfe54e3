"""Answering the offer of a place that fell free."""

from __future__ import annotations

from bot.domain import offers
from bot.domain.assignments import Roster
from bot.domain.getting_commands import AcceptOffer, PassOffer
from bot.domain.ids import ShiftId
from bot.domain.outcomes import Changed
from bot.domain.permissions import Action, require
from bot.domain.shifts import Shift
from bot.services.desk import Desk, Work
from bot.services.eligibility import require_fit
from bot.services.people import Actor, standing
from bot.services.shifts import change, free
from bot.services.slots import held_around


class Offers:
    """Use cases of somebody to whom a place is offered. Both raise NotFound, NotAllowed and OfferOver."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def accept(self, actor: Actor, command: AcceptOffer, cause: str) -> Changed:
        """Take the place. Raises what `bot.domain.offers.accept` and the rules raise, too little rest unless `sure`."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await _load(work, actor, command.shift_id)
            held = await held_around(work, actor.person_id, shift)
            mine, happened = offers.accept(shift, roster, actor.person_id, held, now=work.now)
            await require_fit(work, actor.person_id, shift, roster, role=mine.role, sure=command.sure)
            return await change(work, shift, roster, [mine], happened, what="claimed", reader=actor.person_id)

    async def pass_on(self, actor: Actor, command: PassOffer, cause: str) -> Changed:
        """Leave the place to the next in line."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await _load(work, actor, command.shift_id)
            gone, happened = offers.pass_on(shift, roster, actor.person_id, now=work.now)
            return await free(work, shift, roster, [gone], happened, what="passed", reader=actor.person_id)


async def _load(work: Work, actor: Actor, shift_id: ShiftId) -> tuple[Shift, Roster]:
    shift = await work.tx.shifts.one(shift_id)
    require(await standing(work, actor, shift.community_id), Action.CLAIM)
    return shift, await work.tx.assignments.roster(shift.id)
