"""Telling those who lead what befalls their group, once for each time, and looking it up when it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain import events, groups
from bot.domain.communities import Chat, nearest_language
from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Lane, Notice, Owed
from bot.domain.shifts import LONGEST_SHIFT, ShiftState
from bot.ports.hints import Touched
from bot.services.desk import Work, leaders_of

NEAR = timedelta(hours=24)  # with a shift so near, people must not rely on a card that stands still


async def note(work: Work, before: Chat, after: Chat, actor: PersonId | None = None) -> None:
    """Save what became of a chat; tell those who lead, but not the actor, if its trouble began or is over."""
    if after == before:
        return
    if after.trouble != before.trouble:
        after = replace(after, trouble_at=work.now)
        await _tell(work, before, after, actor)
    await work.tx.chats.save(after)
    if before.trouble and after.present:  # its cards may have stood still
        await touch_cards(work, after.id)


async def touch_cards(work: Work, chat: str) -> None:
    """Have all live cards of a chat, by its key, looked at again."""
    for card in await work.tx.cards.of_chat(chat):
        if card.until > work.now:
            work.days.add(Touched(card.checkpoint_id, card.day))


async def _tell(work: Work, before: Chat, after: Chat, actor: PersonId | None) -> None:
    trouble, where = after.trouble or before.trouble, after.community_id
    happened = events.GroupTroubled if after.trouble else events.GroupRestored
    work.happened(happened(community_id=where, actor=actor, trouble=trouble))
    kind = groups.TROUBLED if after.trouble else groups.RESTORED
    lane = Lane.URGENT if after.trouble and await _shifts_are_near(work, where) else Lane.REPLY
    for person_id in await leaders_of(work.tx, where):
        if person_id != actor:
            await work.owe(where, Owed(person_id, lane, kind, {"trouble": trouble}))


async def _shifts_are_near(work: Work, community_id: CommunityId) -> bool:
    shifts = await work.tx.shifts.of_community(community_id, work.now - LONGEST_SHIFT, work.now + NEAR)
    return any(shift.end > work.now and shift.state is not ShiftState.CANCELLED for shift in shifts)


async def look_up_group(work: Work, notice: Notice) -> groups.GroupTold | None:
    """Return what a notice about a group says, or None when it is no longer so, or its reader has no account."""
    reader = await work.tx.people.get(notice.person_id)
    community = await work.tx.communities.get(notice.community_id)
    chat = await work.tx.chats.get(community.chat) if community else None
    if reader is None or reader.account is None or community is None or chat is None:
        return None
    trouble = str(notice.facts["trouble"])
    said = trouble if notice.kind == groups.TROUBLED else ""
    if chat.trouble != said or chat.trouble_at != notice.made_at:
        return None
    return groups.GroupTold(
        kind=notice.kind,
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        group=chat.title,
        trouble=trouble,
        since=notice.made_at,
        zone=community.zone,
        repeat=notice.repeat,
    )
