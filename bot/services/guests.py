"""Guests: somebody brings a neighbour without Telegram along, by name, and looks after their place."""

from __future__ import annotations

from hashlib import blake2s

from bot.domain import guests, opening
from bot.domain.assignments import Assignment, Hold, Roster
from bot.domain.errors import NotYours
from bot.domain.ids import CommunityId, PersonId, ShiftId
from bot.domain.people import Person, clean_name, join
from bot.domain.permissions import Action, require
from bot.domain.rule_commands import ReleaseGuest
from bot.domain.rule_errors import GuestsFull
from bot.domain.rule_outcomes import GuestPage
from bot.domain.shifts import Shift, ShiftState
from bot.services.desk import Desk, Work
from bot.services.eligibility import verdict_on
from bot.services.people import Actor, as_somebody, standing
from bot.services.shifts import change, free
from bot.services.slots import held_around, slot_of

LONGEST_NAME = 64


class Guests:
    """Use cases of a host. All raise NotFound, NotAllowed, and NotYours unless the host is on the shift."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, actor: Actor, shift_id: ShiftId) -> GuestPage:
        """Return whom the actor brings to the shift."""
        async with self._desk.reading() as view:
            shift, roster, _ = await _load(view, actor, shift_id)
            return await _page(view, actor, shift, roster)

    async def bring(self, actor: Actor, shift_id: ShiftId, name: str, cause: str) -> GuestPage:
        """Take a place for somebody by name, in the host's own role.

        The same name brought again is the same guest. Raises NameInvalid, GuestsFull, and what claiming raises.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(GuestPage):
                return done
            shift, roster, mine = await _load(work, actor, shift_id)
            community = await work.tx.communities.one(shift.community_id)
            if len(_brought(roster, actor)) >= community.rules.guests_each:
                raise GuestsFull(community.rules.guests_each)
            guest = await _guest(work, actor, shift.community_id, clean_name(name, longest=LONGEST_NAME))
            held = await held_around(work, guest.id, shift)
            placed, happened = guests.claim_for(
                shift,
                roster,
                guest.id,
                held,
                host=actor.person_id,
                role=mine.role,
                turn=work.tx.turn(),
                now=work.now,
            )
            membership = join(community.id, guest.id, now=work.now)  # for the rules only: a guest is no member
            verdict = await verdict_on(work, community, membership, shift, roster, role=placed.role)
            opening.require_fit(verdict, sure=False)
            await change(work, shift, roster, [placed], happened, what="claimed", reader=actor.person_id)
            return work.done(await _page(work, actor, shift, roster.after(placed)))

    async def give_back(self, actor: Actor, command: ReleaseGuest, cause: str) -> GuestPage:
        """Give a guest's place back. Raises NotYours, TooLateToRelease."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(GuestPage):
                return done
            shift, roster, _ = await _load(work, actor, command.shift_id)
            community = await work.tx.communities.one(shift.community_id)
            freed, happened = guests.release_for(
                shift,
                roster,
                command.person_id,
                host=actor.person_id,
                cutoff=community.rules.release_cutoff,
                now=work.now,
            )
            await free(work, shift, roster, [freed], happened, what="released", reader=actor.person_id)
            return work.done(await _page(work, actor, shift, await work.tx.assignments.roster(shift.id)))


async def _load(work: Work, actor: Actor, shift_id: ShiftId) -> tuple[Shift, Roster, Assignment]:
    shift = await work.tx.shifts.one(shift_id)
    require(await standing(work, actor, shift.community_id), Action.CLAIM_FOR_GUEST)
    roster = await work.tx.assignments.roster(shift.id)
    mine = roster.find(actor.person_id)
    if mine is None or mine.hold is not Hold.ON:
        raise NotYours
    return shift, roster, mine


def _brought(roster: Roster, actor: Actor) -> list[Assignment]:
    return [a for a in roster.on if a.host == actor.person_id]


async def _guest(work: Work, actor: Actor, community_id: CommunityId, name: str) -> Person:
    """Return the host's guest of that name; so rest, hours and overlaps hold for guests as well."""
    sign = blake2s(f"{actor.person_id} {name.casefold()}".encode(), digest_size=6).hexdigest()
    id_ = PersonId(f"{community_id}-g{sign}")
    known = await work.tx.people.get(id_)
    if known is None:
        known = Person(id=id_, name=name, added_to=community_id)
        await work.tx.people.save(known)
    return known


async def _page(work: Work, actor: Actor, shift: Shift, roster: Roster) -> GuestPage:
    community = await work.tx.communities.one(shift.community_id)
    there = {a.id for a in await work.tx.attendances.of_shift(shift.id) if a.present}
    mine = _brought(roster, actor)
    open_ = shift.state is ShiftState.OPEN and work.now < shift.start
    begins = shift.start - community.rules.checkin_opens
    return GuestPage(
        slot=await slot_of(work, shift, roster, actor.person_id, community=community),
        guests=tuple([as_somebody(await work.tx.people.one(a.person_id)) for a in mine]),
        there=tuple(a.id in there for a in mine),
        most=community.rules.guests_each,
        room=open_ and len(mine) < community.rules.guests_each and len(roster.taken) < shift.capacity,
        open=open_,
        check_in=begins <= work.now < shift.end,
    )
