"""Who is under 18: noted by coordinators, so that the community's rules for them hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.days import local_day
from bot.domain.errors import NotFound
from bot.domain.events import YouthNoted
from bot.domain.ids import CommunityId, PersonId
from bot.domain.people import Membership, membership_id
from bot.domain.permissions import Action, require
from bot.domain.rule_commands import Youths
from bot.domain.rule_outcomes import Youth
from bot.domain.youth import day_of_age
from bot.services.desk import Desk, Work
from bot.services.lists import paged
from bot.services.people import Actor, as_somebody, standing


class YoungPeople:
    """Use cases of coordinators. All raise NotAllowed, and NotFound for somebody who is no member."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def page(self, actor: Actor, query: Youths) -> Youth:
        """Return a page of the people, those under 18 first."""
        async with self._desk.reading() as view:
            require(await standing(view, actor, query.community_id), Action.SET_RULES)
            return await _page(view, query.community_id, query.page)

    async def noted(self, actor: Actor, community_id: CommunityId, person_id: PersonId) -> tuple[str, date | None]:
        """Return a person's name, and the day they come of age, None if nobody noted one."""
        async with self._desk.reading() as view:
            require(await standing(view, actor, community_id), Action.SET_RULES)
            theirs = await _member(view, community_id, person_id)
            return (await view.tx.people.one(person_id)).name, theirs.adult_on

    async def note(self, actor: Actor, community_id: CommunityId, person_id: PersonId, text: str, cause: str) -> Youth:
        """Note the day somebody comes of age; no text: they are. Raises DayOfAgeInvalid."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Youth):
                return done
            require(await standing(work, actor, community_id), Action.SET_RULES)
            theirs = await _member(work, community_id, person_id)
            today = local_day(work.now, (await work.tx.communities.one(community_id)).tz)
            day = day_of_age(text, today=today) if text else None
            await work.tx.memberships.save(replace(theirs, adult_on=day))
            by = actor.person_id
            work.happened(YouthNoted(community_id=community_id, actor=by, person_id=person_id, young=day is not None))
            return work.done(await _page(work, community_id, 0))


async def _member(work: Work, community_id: CommunityId, person_id: PersonId) -> Membership:
    theirs = await work.tx.memberships.get(membership_id(community_id, person_id))
    if theirs is None or theirs.left_at is not None:
        raise NotFound("people")
    return theirs


async def _page(work: Work, community_id: CommunityId, page: int) -> Youth:
    community = await work.tx.communities.one(community_id)
    today = local_day(work.now, community.tz)
    found = []
    for m in await work.tx.memberships.of_community(community_id):
        person = await work.tx.people.get(m.person_id)
        if m.left_at is None and person is not None:
            young = m.adult_on if m.adult_on is not None and m.adult_on > today else None
            found.append((as_somebody(person), young))
    found.sort(key=lambda pair: (pair[1] is None, pair[0].name.casefold(), pair[0].person_id))
    shown, page, pages = paged(found, page)
    return Youth(community_id=community_id, community=community.name, people=tuple(shown), page=page, pages=pages)
