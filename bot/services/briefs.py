"""The morning brief of coordinators: planned by their own choice, put together when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.brief_commands import SetBrief
from bot.domain.brief_outcomes import BriefChoice, BriefTold, OfSomebody
from bot.domain.briefs import AHEAD, OFF, SOON, next_brief, read_time
from bot.domain.communities import Community, nearest_language
from bot.domain.days import local_day
from bot.domain.notices import Notice, Owed
from bot.domain.people import Person, Reach, membership_id
from bot.domain.permissions import Action, may, require
from bot.domain.policies import BRIEF, lane_of
from bot.domain.shifts import LONGEST_SHIFT, Shift, ShiftState
from bot.domain.timers import Timer, TimerState, ended
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standings
from bot.services.slots import slot_of


class Briefs:
    """Use cases of one's own brief. Every one raises NotAllowed for whoever coordinates nowhere."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def look(self, actor: Actor) -> BriefChoice:
        """Return when the actor gets it."""
        async with self._desk.reading() as view:
            await _require(view, actor)
            return BriefChoice(at=(await view.tx.people.one(actor.person_id)).brief)

    async def typed(self, actor: Actor, text: str) -> BriefChoice:
        """Choose what was typed; what cannot be read changes nothing and is shown again."""
        at = read_time(text)
        if at is None:
            return replace(await self.look(actor), unread=text.strip()[:40])
        return await self.choose(actor, SetBrief(at))

    async def choose(self, actor: Actor, command: SetBrief) -> BriefChoice:
        """Let it come at that time from now on, in every community the actor coordinates; planned anew at once."""
        at = OFF if command.at == OFF else read_time(command.at)
        async with self._desk.work() as work:
            await _require(work, actor)
            person = await work.tx.people.one(actor.person_id)
            if at is None or at == person.brief:
                return BriefChoice(at=person.brief)
            person = replace(person, brief=at)
            await work.tx.people.save(person)
            for there in await standings(work, actor, Action.ASSIGN):
                await _plan_anew(work, await work.tx.communities.one(there.community_id), person)
            return BriefChoice(at=at, changed=True)


async def _require(work: Work, actor: Actor) -> None:
    if not await standings(work, actor, Action.ASSIGN):
        require(None, Action.ASSIGN)


async def _plan_anew(work: Work, community: Community, person: Person) -> None:
    for timer in await work.tx.timers.of_subject(membership_id(community.id, person.id)):
        if timer.kind == BRIEF:
            await work.tx.timers.save(ended(timer, TimerState.CANCELLED, work.now, "planned anew"))
    await _plan(work, community, person)


async def _plan(work: Work, community: Community, person: Person) -> None:
    if person.brief != OFF and person.account is not None:
        await work.plan(next_brief(community.id, person.id, person.brief, community.tz, work.now))


async def plan_briefs(work: Work, community: Community) -> None:
    """See that the next brief of everybody who coordinates a community is planned."""
    for membership in await work.tx.memberships.of_community(community.id):
        if may(membership, Action.ASSIGN):
            await _plan(work, community, await work.tx.people.one(membership.person_id))


async def send_brief(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Owe a coordinator their brief, if there is anything in it."""
    return [await _send(work, timer) for timer in timers]


async def _send(work: Work, timer: Timer) -> Timer:
    person = await work.tx.people.get(timer.person_id or "")
    membership = await work.tx.memberships.get(timer.subject)
    community = await work.tx.communities.one(timer.community_id)
    if person is None or person.brief == OFF or membership is None or not may(membership, Action.ASSIGN):
        return ended(timer, TimerState.CANCELLED, work.now, "moot")
    await _plan(work, community, person)  # the next
    if await _told(work, community, person) is None:
        return ended(timer, TimerState.CANCELLED, work.now, "nothing to say")
    facts = {"day": timer.facts["day"]}
    await work.owe(community.id, Owed(person.id, lane_of(BRIEF), BRIEF, facts, timer.useful_until))
    return ended(timer, TimerState.DONE, work.now)


async def look_up_brief(work: Work, notice: Notice) -> BriefTold | None:
    """Return the brief as things are now; None for whoever does not want it or coordinates no more."""
    reader = await work.tx.people.get(notice.person_id)
    membership = await work.tx.memberships.get(membership_id(notice.community_id, notice.person_id))
    if reader is None or reader.account is None or reader.brief == OFF or not may(membership, Action.ASSIGN):
        return None
    community = await work.tx.communities.one(notice.community_id)
    if local_day(work.now, community.tz) != date.fromisoformat(str(notice.facts["day"])):
        return None
    told = await _told(work, community, reader)
    return told and replace(told, repeat=notice.repeat)


async def _told(work: Work, community: Community, reader: Person) -> BriefTold | None:
    """Return what there is to say, None if that is nothing."""
    told = BriefTold(
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        community_id=community.id,
        community=community.name,
        zone=community.zone,
        day=local_day(work.now, community.tz),
    )
    shifts = await work.tx.shifts.of_community(community.id, work.now - LONGEST_SHIFT, work.now + AHEAD)
    for shift in shifts:
        if shift.state is ShiftState.OPEN and shift.end > work.now:
            told = await _with_shift(work, told, shift, community)
    return told if told.today or told.gaps or told.silent or told.unreached else None


async def _with_shift(work: Work, told: BriefTold, shift: Shift, community: Community) -> BriefTold:
    roster = await work.tx.assignments.roster(shift.id)
    slot = await slot_of(work, shift, roster, None, community=community)
    to_come = shift.start > work.now
    if local_day(shift.start, community.tz) == told.day:
        told = replace(told, today=(*told.today, slot))
    if slot.short and to_come:
        told = replace(told, gaps=(*told.gaps, slot))
    for place in roster.on if to_come and shift.start <= work.now + SOON else ():
        person = await work.tx.people.one(place.person_id)
        if place.unanswered:
            told = replace(told, silent=(*told.silent, OfSomebody(person.name, slot)))
        if person.account is not None and person.reach is not Reach.OPEN:
            told = replace(told, unreached=(*told.unreached, OfSomebody(person.name, slot)))
    return told
