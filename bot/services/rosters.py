"""A coordinator looks at who is on a shift, puts people on it and takes them off."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import guests, opening, role_changes, shifts
from bot.domain.assignments import Assignment, Hold, Roster, overlap
from bot.domain.commands import AssignPerson, RemovePerson
from bot.domain.errors import NotFound
from bot.domain.events import GuestsReleased
from bot.domain.ids import PersonId, ShiftId
from bot.domain.opening import Verdict
from bot.domain.outcomes import CandidatePage, Changed, RosterPage, Somebody
from bot.domain.people import membership_id
from bot.domain.permissions import Action, may, require
from bot.domain.role_outcomes import RoleChoice
from bot.domain.roles import UNNAMED, role_name
from bot.domain.rule_outcomes import Against
from bot.domain.shifts import Shift, ShiftState, on_person
from bot.domain.standing_commands import ChangeRole
from bot.services.desk import Desk, Work
from bot.services.eligibility import verdict_on
from bot.services.people import Actor, as_somebody, standing
from bot.services.shifts import change, free
from bot.services.slots import held_around, slot_of

PAGE = 8


class Rosters:
    """Use cases of coordinators on one shift. Every one raises NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, actor: Actor, shift_id: ShiftId) -> RosterPage:
        """Return who is on the shift and who waits."""
        async with self._desk.work() as work:
            shift, roster = await _load(work, actor, shift_id)
            return RosterPage(
                slot=await slot_of(work, shift, roster, None),
                on=await _with_searches(work, shift, await _named(work, shift, roster.on)),
                reasons={a.person_id: a.reason for a in roster.on if a.reason},
                waiting=await _named(work, shift, roster.waiting),
                open=shift.state is ShiftState.OPEN and work.now < shift.start,
            )

    async def candidates(self, actor: Actor, shift_id: ShiftId, page: int) -> CandidatePage:
        """Return a page of the people who could serve then: members, free at that time, not on the shift."""
        async with self._desk.work() as work:
            shift, roster = await _load(work, actor, shift_id)
            people = await _free_people(work, shift, roster)
            pages = max(1, -(-len(people) // PAGE))
            page = min(max(0, page), pages - 1)
            return CandidatePage(
                slot=await slot_of(work, shift, roster, None),
                people=tuple(people[page * PAGE : (page + 1) * PAGE]),
                page=page,
                pages=pages,
            )

    async def against(self, actor: Actor, shift_id: ShiftId, person_id: PersonId) -> Against:
        """Return what the community's rules say against putting this person on the shift."""
        async with self._desk.reading() as view:
            shift, roster = await _load(view, actor, shift_id)
            verdict = await _verdict(view, shift, roster, person_id)
            return Against(
                slot=await slot_of(view, shift, roster, None),
                person=as_somebody(await view.tx.people.one(person_id)),
                warnings=verdict.warnings,
            )

    async def assign(self, actor: Actor, command: AssignPerson, cause: str, *, reason: str | None = None) -> Changed:
        """Put somebody on the shift; they are told.

        A `reason` sets the warnings of the community's rules aside, and stays in the history. Raises what
        `bot.domain.shifts.assign` and `bot.domain.opening.require_clear` raise.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await _load(work, actor, command.shift_id)
            role = command.role or role_changes.only_role(shift, roster)
            verdict = await _verdict(work, shift, roster, command.person_id, role=role)
            held = await held_around(work, command.person_id, shift)
            placed, happened = shifts.assign(
                shift,
                roster,
                command.person_id,
                held,
                by=actor.person_id,
                role=role,
                reason=reason.strip() if reason and verdict.warnings else "",
                turn=work.tx.turn(),
                now=work.now,
            )
            opening.require_clear(verdict, reason=reason)
            return await change(work, shift, roster, [placed], happened, what="assigned", reader=command.person_id)

    async def choice(self, actor: Actor, shift_id: ShiftId, person_id: PersonId) -> RoleChoice:
        """Return the roles of the shift, for somebody who is to be put on it or to have another."""
        async with self._desk.reading() as view:
            shift, roster = await _load(view, actor, shift_id)
            theirs = roster.find(person_id)
            person = as_somebody(await view.tx.people.one(person_id))
            return RoleChoice(
                slot=await slot_of(view, shift, roster, None),
                person=replace(person, role=role_name(shift.roles, theirs.role) if theirs else ""),
                on=theirs is not None and theirs.hold is Hold.ON,
            )

    async def change_role(self, actor: Actor, command: ChangeRole, cause: str) -> Changed:
        """Give somebody another role; they are told, and what falls free is offered to whoever waits.

        Raises what `bot.domain.shifts.change_role` raises, and SkillMissing or SkillExpired.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await _load(work, actor, command.shift_id)
            fresh, happened = role_changes.change_role(
                shift, roster, command.person_id, command.role, by=actor.person_id, now=work.now
            )
            verdict = await _verdict(work, shift, roster, command.person_id, role=command.role)
            opening.require_clear(replace(verdict, warnings=()))
            return await free(work, shift, roster, [fresh], happened, what="role_changed", reader=command.person_id)

    async def remove(self, actor: Actor, command: RemovePerson, cause: str, *, reason: str = "") -> Changed:
        """Take somebody off the shift; they are told, with the reason, and the place is offered to whoever waits.

        Raises what `bot.domain.shifts.remove` raises.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift, roster = await _load(work, actor, command.shift_id)
            gone, happened = shifts.remove(
                shift, roster, command.person_id, by=actor.person_id, reason=reason, now=work.now
            )
            brought, told = guests.release_all(shift, roster, host=command.person_id, by=actor.person_id)
            if gone.host is not None:
                told = [on_person(GuestsReleased, shift, gone.host, actor=actor.person_id, people=1)]
            gone_all, all_told = [gone, *brought], [*happened, *told]
            return await free(work, shift, roster, gone_all, all_told, what="removed", reader=command.person_id)


async def _load(work: Work, actor: Actor, shift_id: ShiftId) -> tuple[Shift, Roster]:
    shift = await work.tx.shifts.one(shift_id)
    require(await standing(work, actor, shift.community_id), Action.ASSIGN)
    return shift, await work.tx.assignments.roster(shift.id)


async def _verdict(work: Work, shift: Shift, roster: Roster, person_id: PersonId, *, role: str = UNNAMED) -> Verdict:
    """Return what the rules say against a member; a coordinator gives places before claims open. Raises NotFound."""
    theirs = await work.tx.memberships.get(membership_id(shift.community_id, person_id))
    if theirs is None or not may(theirs, Action.CLAIM):
        raise NotFound("people")
    community = await work.tx.communities.one(shift.community_id)
    return await verdict_on(work, community, theirs, shift, roster, role=role, given=True)


async def _named(work: Work, shift: Shift, assignments: tuple[Assignment, ...]) -> tuple[Somebody, ...]:
    people = [(a, as_somebody(await work.tx.people.one(a.person_id), phone=True)) for a in assignments]
    hosts = {a.host: (await work.tx.people.one(a.host)).name for a in assignments if a.host}
    return tuple(
        replace(p, owes=a.unanswered, role=role_name(shift.roles, a.role), host=hosts[a.host] if a.host else "")
        for a, p in people
    )


async def _with_searches(work: Work, shift: Shift, people: tuple[Somebody, ...]) -> tuple[Somebody, ...]:
    """Return the people, each with how many were asked to cover for them."""
    asked = {s.person_id: len(s.asked) for s in await work.tx.searches.of_shift(shift.id) if s.running}
    return tuple(replace(p, asked=asked.get(p.person_id)) for p in people)


async def _free_people(work: Work, shift: Shift, roster: Roster) -> list[Somebody]:
    taken: set[PersonId] = {a.person_id for a in roster.on}
    found: list[Somebody] = []
    for membership in await work.tx.memberships.of_community(shift.community_id):
        if membership.person_id in taken or not may(membership, Action.CLAIM):
            continue
        held = await held_around(work, membership.person_id, shift)
        if overlap(held, shift.start, shift.end, but=shift.id) is None:
            found.append(as_somebody(await work.tx.people.one(membership.person_id)))
    return sorted(found, key=lambda s: (s.name.casefold(), s.person_id))
