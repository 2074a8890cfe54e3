"""Skills: which there are, who has them, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import skills
from bot.domain.communities import nearest_language
from bot.domain.days import local_day
from bot.domain.errors import NotFound, NotSetUp
from bot.domain.ids import CommunityId, PersonId, SkillId
from bot.domain.notices import Lane, Notice, Owed
from bot.domain.outcomes import Somebody
from bot.domain.people import membership_id
from bot.domain.permissions import Action, may, require
from bot.domain.skill_errors import SkillTaken
from bot.domain.skill_outcomes import (
    ENDS,
    LEADS_ENDS,
    Holder,
    Learners,
    SkillPage,
    SkillRow,
    SkillShown,
    SkillTold,
)
from bot.domain.skills import WARN_BEFORE, Skill, SkillHeld, skill_held_id
from bot.domain.standing_commands import GrantList, OneSkill, SkillList, WithdrawSkill
from bot.domain.timers import Timer, TimerState, ended
from bot.domain.when import parse_day
from bot.services.desk import Desk, Work, leaders_of
from bot.services.lists import paged
from bot.services.people import Actor, as_somebody, standing, standings, standings_to


class Skills:
    """Use cases of skills. Those on one skill raise NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def page(self, actor: Actor, query: SkillList) -> SkillPage:
        """Return a page of the skills of the actor's communities, and which of them they have. Raises NotSetUp."""
        async with self._desk.reading() as view:
            where = await standings(view, actor, Action.SEE_SHIFTS)
            if not where:
                raise NotSetUp
            mine = {h.skill_id: h for h in await view.tx.skills_held.of_person(actor.person_id)}
            rows = [
                await _row(view, skill, s.community if len(where) > 1 else "", mine.get(skill.id))
                for s in where
                for skill in await view.tx.skills.of_community(s.community_id)
            ]
            chosen, page, pages = paged(rows, query.page)
            leads = await standings(view, actor, Action.GRANT_SKILLS)
            return SkillPage(skills=tuple(chosen), leads=tuple(leads), page=page, pages=pages)

    async def define_typed(self, actor: Actor, name: str, cause: str) -> SkillShown | None:
        """Name a skill in the actor's only community; None where there are several. Raises NotAllowed, SkillTaken."""
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.GRANT_SKILLS)
        return None if len(where) > 1 else await self.define(actor, where[0].community_id, name, cause)

    async def define(self, actor: Actor, community_id: CommunityId, name: str, cause: str) -> SkillShown:
        """Name a skill that roles may require. Raises NameInvalid, SkillTaken."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(SkillShown):
                return done
            require(await standing(work, actor, community_id), Action.GRANT_SKILLS)
            id_ = SkillId(f"{community_id}-{work.ids.fresh()}")
            skill = skills.new_skill(id_, community_id, name, certificate=True)
            there = await work.tx.skills.of_community(community_id)
            if any(s.name.casefold() == skill.name.casefold() for s in there):
                raise SkillTaken(skill.name)
            await work.tx.skills.save(skill)
            return work.done(await _shown(work, skill, 0))

    async def one(self, actor: Actor, query: OneSkill) -> SkillShown:
        """Return a skill with those who have it."""
        async with self._desk.reading() as view:
            return await _shown(view, await _load(view, actor, query.skill_id), query.page)

    async def learners(self, actor: Actor, query: GrantList) -> Learners:
        """Return a page of the members who are not known to have the skill."""
        async with self._desk.reading() as view:
            skill = await _load(view, actor, query.skill_id)
            people, page, pages = paged(await _without(view, skill), query.page)
            return Learners(skill_id=skill.id, name=skill.name, people=tuple(people), page=page, pages=pages)

    async def about(self, actor: Actor, skill_id: SkillId, person_id: PersonId) -> tuple[Skill, str]:
        """Return a skill, and the name of somebody who has it or shall have it."""
        async with self._desk.reading() as view:
            skill = await _load(view, actor, skill_id)
            return skill, (await view.tx.people.one(person_id)).name

    async def held(self, actor: Actor, skill_id: SkillId, person_id: PersonId) -> tuple[SkillShown, Holder]:
        """Return a skill, and how somebody has it. Raises NotFound when they do not."""
        async with self._desk.reading() as view:
            shown = await _shown(view, await _load(view, actor, skill_id), 0)
            held = await view.tx.skills_held.one(skill_held_id(skill_id, person_id))
            community = await view.tx.communities.one(shown.community_id)
            return shown, await _holder(view, held, local_day(view.now, community.tz))

    async def grant(self, actor: Actor, skill_id: SkillId, person_id: PersonId, until: str, cause: str) -> SkillShown:
        """Note that a member has the skill until that day as typed, or for ever (empty). Raises what the days raise."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(SkillShown):
                return done
            skill = await _load(work, actor, skill_id)
            if not may(await work.tx.memberships.get(membership_id(skill.community_id, person_id)), Action.CLAIM):
                raise NotFound("people")
            earlier = await work.tx.skills_held.get(skill_held_id(skill.id, person_id))
            held, happened = skills.grant(
                skill,
                person_id,
                until=await _last_day(work, skill, until),
                by=actor.person_id,
                now=work.now,
                earlier=earlier,
            )
            await work.tx.skills_held.save(held)
            work.happened(*happened)
            return work.done(await _shown(work, skill, 0))

    async def withdraw(self, actor: Actor, command: WithdrawSkill, cause: str) -> SkillShown:
        """Note that somebody no longer has the skill; places they hold stay theirs."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(SkillShown):
                return done
            skill = await _load(work, actor, command.skill_id)
            held = await work.tx.skills_held.get(skill_held_id(skill.id, command.person_id))
            if held is not None:
                work.happened(*skills.withdraw(held, by=actor.person_id))
                await work.tx.skills_held.remove(held.id)
            return work.done(await _shown(work, skill, 0))


async def warn_of_ends(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Tell holders and those who lead, once, of certificates that end within 30 days."""
    return [await _warn(work, timer) for timer in timers]


async def look_up_skill(work: Work, notice: Notice) -> SkillTold | None:
    """Return what a notice about a certificate says, or None when it was renewed or withdrawn meanwhile."""
    reader = await work.tx.people.get(notice.person_id)
    held = await work.tx.skills_held.get(str(notice.facts["held_id"]))
    if reader is None or reader.account is None or held is None or held.until is None:
        return None
    if held.until.isoformat() != notice.facts["until"]:
        return None
    skill = await work.tx.skills.one(held.skill_id)
    about = "" if notice.kind == ENDS else (await work.tx.people.one(held.person_id)).name
    return SkillTold(
        kind=notice.kind,
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        skill=skill.name,
        skill_id=skill.id,
        until=held.until,
        about=about,
        repeat=notice.repeat,
    )


async def _warn(work: Work, timer: Timer) -> Timer:
    community = await work.tx.communities.one(timer.community_id)
    today = local_day(work.now, community.tz)
    near = await work.tx.skills_held.ending(community.id, today + WARN_BEFORE + timedelta(days=1))
    for held in near:
        if held.until is not None and held.until >= today and held.warned_of != held.until:
            await work.tx.skills_held.save(replace(held, warned_of=held.until))
            await _tell(work, held, held.until)
    return ended(timer, TimerState.DONE, work.now)


async def _tell(work: Work, held: SkillHeld, until: date) -> None:
    facts = {"held_id": held.id, "until": until.isoformat()}
    await work.owe(held.community_id, Owed(held.person_id, Lane.REMINDER, ENDS, dict(facts)))
    for leader in await leaders_of(work.tx, held.community_id):
        if leader != held.person_id:
            await work.owe(held.community_id, Owed(leader, Lane.REMINDER, LEADS_ENDS, dict(facts)))


async def _load(work: Work, actor: Actor, skill_id: SkillId) -> Skill:
    skill = await work.tx.skills.one(skill_id)
    require(await standing(work, actor, skill.community_id), Action.GRANT_SKILLS)
    return skill


async def _last_day(work: Work, skill: Skill, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())  # certificates run for years, further than shifts are planned
    except ValueError:
        community = await work.tx.communities.one(skill.community_id)
        return parse_day(text, now=work.now, zone=community.tz)


async def _row(view: Work, skill: Skill, community: str, mine: SkillHeld | None) -> SkillRow:
    return SkillRow(
        skill_id=skill.id,
        name=skill.name,
        community=community,
        have=len(await view.tx.skills_held.of_skill(skill.id)),
        mine=mine is not None,
        until=mine.until if mine else None,
    )


async def _shown(work: Work, skill: Skill, page: int) -> SkillShown:
    community = await work.tx.communities.one(skill.community_id)
    today = local_day(work.now, community.tz)
    holders = [await _holder(work, h, today) for h in await work.tx.skills_held.of_skill(skill.id)]
    holders.sort(key=lambda h: (h.person.name.casefold(), h.person.person_id))
    chosen, page, pages = paged(holders, page)
    return SkillShown(
        skill_id=skill.id,
        community_id=skill.community_id,
        name=skill.name,
        holders=tuple(chosen),
        page=page,
        pages=pages,
    )


async def _holder(work: Work, held: SkillHeld, today: date) -> Holder:
    person = as_somebody(await work.tx.people.one(held.person_id))
    return Holder(person=person, until=held.until, over=held.until is not None and held.until < today)


async def _without(view: Work, skill: Skill) -> list[Somebody]:
    have = {h.person_id for h in await view.tx.skills_held.of_skill(skill.id)}
    members = await view.tx.memberships.of_community(skill.community_id)
    ids = [m.person_id for m in members if m.person_id not in have and may(m, Action.CLAIM)]
    people = [as_somebody(await view.tx.people.one(i)) for i in ids]
    return sorted(people, key=lambda p: (p.name.casefold(), p.person_id))
