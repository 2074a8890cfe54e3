"""Somebody left the group: a coordinator decides whether what they still hold is freed."""

from __future__ import annotations

from bot.domain import commitments, guests, shifts
from bot.domain.commitments import CommitmentState
from bot.domain.days import local_day
from bot.domain.duty_outcomes import Departed
from bot.domain.getting_commands import FreePlaces, KeepPlaces
from bot.domain.ids import CommunityId, PersonId
from bot.domain.people import membership_id
from bot.domain.permissions import Action, require
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standing
from bot.services.slots import places_of
from bot.services.waitlists import pass_along

LEFT = "@left"  # the reason that stays with the places, in every reader's language


class Departures:
    """Use cases of coordinators. Both raise NotFound and NotAllowed; whoever is back in the group loses nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def free(self, actor: Actor, command: FreePlaces, cause: str) -> Departed:
        """Free every place in a shift that has not begun, offered to whoever waits, and end their commitments."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Departed):
                return done
            seen = await _seen(work, actor, command.community_id, command.person_id, "freed")
            if seen.what == "freed":
                await _end_commitments(work, command.community_id, command.person_id, actor.person_id)
                for shift_id in await places_of(work, command.person_id, command.community_id):
                    await _free(work, shift_id, command.person_id, actor.person_id)
            return work.done(seen)

    async def keep(self, actor: Actor, command: KeepPlaces) -> Departed:
        """Leave everything as it is."""
        async with self._desk.reading() as view:
            return await _seen(view, actor, command.community_id, command.person_id, "kept")


async def _seen(work: Work, actor: Actor, community_id: CommunityId, person_id: PersonId, what: str) -> Departed:
    """Return whom it is about, on how many coming shifts they are, and what is to be done: nothing for who is back."""
    require(await standing(work, actor, community_id), Action.ASSIGN)
    membership = await work.tx.memberships.one(membership_id(community_id, person_id))
    held = [await work.tx.shifts.one(s) for s in await places_of(work, person_id, community_id)]
    coming = [s for s in held if s.start > work.now]
    what = "back" if membership.left_at is None else what if coming else "nothing"
    return Departed(what=what, name=(await work.tx.people.one(person_id)).name, places=len(coming))


async def _free(work: Work, shift_id: str, person_id: PersonId, by: PersonId) -> None:
    shift = await work.tx.shifts.one(shift_id)
    if shift.start <= work.now:
        return
    roster = await work.tx.assignments.roster(shift.id)
    gone, told = shifts.remove(shift, roster, person_id, by=by, reason=LEFT, now=work.now)
    brought, heard = guests.release_all(shift, roster, host=person_id, by=by)
    await pass_along(work, shift, roster, [gone, *brought], [*told, *heard])


async def _end_commitments(work: Work, community_id: CommunityId, person_id: PersonId, by: PersonId) -> None:
    community = await work.tx.communities.one(community_id)
    for commitment in await work.tx.commitments.of_person(person_id):
        if commitment.community_id == community_id and commitment.state is not CommitmentState.ENDED:
            series = await work.tx.series.one(commitment.series_id)
            over, told = commitments.end(commitment, series, local_day(work.now, community.tz), by=by)
            await work.tx.commitments.save(over)
            work.happened(*told)
