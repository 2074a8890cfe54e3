"""The rules a community has agreed on: everybody reads them, coordinators change them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.agreeing import read_line
from bot.domain.agreements import RULES, TIMED, agreed, value_of, with_value
from bot.domain.communities import Community
from bot.domain.errors import NotSetUp
from bot.domain.events import RuleAgreed
from bot.domain.ids import CommunityId
from bot.domain.permissions import Action, may, require
from bot.domain.rule_commands import Agree, OneRule, RuleBook
from bot.domain.rule_errors import RuleChangedMeanwhile
from bot.domain.rule_outcomes import Book, OneAgreed
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standing, standings, standings_to

CARDS_AHEAD = timedelta(days=92)


class HouseRules:
    """Use cases of a community's rules."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def book(self, actor: Actor, query: RuleBook) -> Book:
        """Return all rules, or the communities to choose from. Raises NotFound, NotAllowed, NotSetUp."""
        async with self._desk.reading() as view:
            if query.community_id:
                return await _book(view, actor, CommunityId(query.community_id))
            where = await standings(view, actor, Action.SEE_SHIFTS)
            if not where:
                raise NotSetUp
            if len(where) > 1:
                return Book(communities=tuple(where))
            return await _book(view, actor, where[0].community_id)

    async def one(self, actor: Actor, query: OneRule) -> OneAgreed:
        """Return one rule. Raises NotFound, NotAllowed, RuleNotKnown."""
        async with self._desk.reading() as view:
            community, leads = await _community(view, actor, query.community_id)
            rule = agreed(query.key)
            return _one(community, rule.key, value_of(community.rules, rule), leads=leads)

    async def typed(self, actor: Actor, line: str, cause: str) -> Book | OneAgreed:
        """Agree to a typed rule, or show the one that is named; ask for the community where there are several.

        Raises RuleNotKnown, RuleOutOfRange, NotAllowed, NotSetUp.
        """
        rule, value = read_line(line)
        async with self._desk.reading() as view:
            where = await standings_to(view, actor, Action.SET_RULES if value else Action.SEE_SHIFTS)
        if len(where) > 1:
            return Book(communities=tuple(where), set_=(rule.key, value))
        if not value:
            return await self.one(actor, OneRule(where[0].community_id, rule.key))
        return await self.agree(actor, Agree(where[0].community_id, rule.key, value), cause)

    async def agree(self, actor: Actor, command: Agree, cause: str) -> OneAgreed:
        """Let a rule be so from now on. Raises NotAllowed, RuleNotKnown, RuleOutOfRange, RuleChangedMeanwhile."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(OneAgreed):
                return done
            require(await standing(work, actor, command.community_id), Action.SET_RULES)
            community = await work.tx.communities.one(command.community_id)
            rule = agreed(command.key)
            before = value_of(community.rules, rule)
            if command.was not in ("", before):
                raise RuleChangedMeanwhile(rule.key)
            after = replace(community, rules=with_value(community.rules, rule, command.value))
            value = value_of(after.rules, rule)
            if value == before:
                return work.done(_one(community, rule.key, value))
            await work.tx.communities.save(after)
            if rule.key == "opens":  # the cards say from when on a shift can be claimed
                for shift in await work.tx.shifts.of_community(community.id, work.now, work.now + CARDS_AHEAD):
                    work.touch(shift, community.tz)
            work.happened(
                RuleAgreed(
                    community_id=community.id,
                    actor=actor.person_id,
                    key=rule.key,
                    before=before,
                    after=value,
                    timed=rule.key in TIMED,
                )
            )
            return work.done(_one(after, rule.key, value, before=before))


async def _community(view: Work, actor: Actor, community_id: CommunityId) -> tuple[Community, bool]:
    membership = await standing(view, actor, community_id)
    require(membership, Action.SEE_SHIFTS)
    return await view.tx.communities.one(community_id), may(membership, Action.SET_RULES)


async def _book(view: Work, actor: Actor, community_id: CommunityId) -> Book:
    community, leads = await _community(view, actor, community_id)
    values = tuple((rule.key, value_of(community.rules, rule)) for rule in RULES)
    return Book(community_id=community.id, community=community.name, values=values, leads=leads)


def _one(community: Community, key: str, value: str, *, before: str = "", leads: bool = True) -> OneAgreed:
    return OneAgreed(
        community_id=community.id, community=community.name, key=key, value=value, before=before, leads=leads
    )
