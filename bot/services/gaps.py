"""Shifts that need people: the group is asked in one message a day, which is kept true as places fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.cards import Card, card_id
from bot.domain.communities import Community
from bot.domain.days import local_day
from bot.domain.gap_outcomes import GapCard
from bot.domain.gaps import LIVES, called_on, gaps_of, is_to_ask, kept_days, look_after
from bot.domain.outcomes import Slot
from bot.domain.quiet import quiet_until
from bot.domain.shifts import Shift, ShiftState
from bot.domain.terms import agreed_night
from bot.domain.timers import Timer, again
from bot.ports.hints import Touched
from bot.services.briefs import plan_briefs
from bot.services.desk import Work
from bot.services.slots import slot_of


async def look_for_gaps(work: Work, timers: Sequence[Timer]) -> list[Timer]:
    """Ask the groups for people where it is time to, outside quiet hours; look again in half an hour."""
    return [await _look(work, timer) for timer in timers]


async def _look(work: Work, timer: Timer) -> Timer:
    community = await work.tx.communities.one(timer.community_id)
    morning = quiet_until(community.tz, work.now, agreed_night(community.rules))
    if morning is not None:
        return again(timer, morning)
    await plan_briefs(work, community)
    short = await _short(work, community, work.now + LIVES)
    before = await _newest(work, community)
    called = [called_on(shift, community, work.now) for shift, _ in short]
    if is_to_ask(called, max((card.day for card in before), default=None)):
        await _ask(work, community, before)
    work.days |= {Touched(card.checkpoint_id, card.day) for card in before}  # shifts have begun since
    return again(timer, look_after(work.now))


async def _ask(work: Work, community: Community, before: Sequence[Card]) -> None:
    """Have a new message posted in every group; the one before says no more than that there is a newer one."""
    for card in before:
        await work.tx.cards.save(replace(card, until=work.now))
    today = local_day(work.now, community.tz)
    for chat in await work.tx.chats.of_community(community.id):
        key = card_id(chat.id, gaps_of(community.id), today)
        card = Card(
            id=key,
            chat=chat.id,
            community_id=community.id,
            checkpoint_id=gaps_of(community.id),
            day=today,
            until=work.now + LIVES,
        )
        await work.tx.cards.save(card)
    work.days.add(Touched(gaps_of(community.id), today))


async def _newest(work: Work, community: Community) -> list[Card]:
    """Return the newest messages that ask for people, one for each group."""
    for day in kept_days(local_day(work.now, community.tz)):
        if cards := await work.tx.cards.of_day(gaps_of(community.id), day):
            return cards
    return []


async def gap_card(work: Work, card: Card) -> GapCard:
    """Return everything a message that asks for people shows now."""
    community = await work.tx.communities.one(card.community_id)
    over = work.now >= card.until
    return GapCard(
        language=community.language,
        over=over,
        slots=() if over else tuple([slot for _, slot in await _short(work, community, card.until)]),
    )


async def _short(work: Work, community: Community, until: datetime) -> list[tuple[Shift, Slot]]:
    """Return the coming shifts that begin before an instant and are short of people, by start."""
    found = []
    for shift in await work.tx.shifts.of_community(community.id, work.now, until):
        if shift.state is ShiftState.OPEN and shift.start > work.now:
            slot = await slot_of(work, shift, await work.tx.assignments.roster(shift.id), None, community=community)
            if slot.short and not slot.full:
                found.append((shift, slot))
    return found
