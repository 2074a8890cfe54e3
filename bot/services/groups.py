"""What befalls the groups communities live in: removed from, silenced, closed, renamed, turned into a supergroup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain import groups
from bot.domain.communities import Chat, chat_key
from bot.domain.ids import CommunityId
from bot.ports.hints import Touched
from bot.services.desk import Desk, Work
from bot.services.group_notices import note


class Groups:
    """Use cases about groups; `bot_id` is the bot's own account, part of every chat's key."""

    def __init__(self, desk: Desk, bot_id: int) -> None:
        self._desk = desk
        self._bot_id = bot_id

    async def depart(self, chat_id: int) -> None:
        """Note that the bot was removed from a group; nothing is forgotten, for it may come back."""
        await self._become(chat_key(self._bot_id, chat_id), groups.departed)

    async def lost(self, chat: str, reason: str, topic_id: int | None = None) -> None:
        """Note that a group, by its key, cannot be written to: 'removed', 'rights', or 'topic', with the one tried.

        Those who lead are told, once for each time. Another reason changes nothing.
        """
        ways: dict[str, Callable[[Chat], Chat]] = {
            "removed": groups.departed,
            "rights": groups.silenced,
            "topic": lambda row: groups.shut(row, topic_id),
        }
        if reason in ways:
            await self._become(chat, ways[reason])

    async def regained(self, chat: str, topic_id: int | None) -> None:
        """Note that a group, by its key, could be written to in that topic again."""
        await self._become(chat, lambda row: groups.written_to(row, topic_id))

    async def topic_closed(self, chat_id: int, topic_id: int | None) -> None:
        """Note that a topic (None: General) was closed, which does not bar a bot that manages topics."""
        key = chat_key(self._bot_id, chat_id)
        await self._become(key, lambda row: row if groups.MANAGES_TOPICS in row.rights else groups.shut(row, topic_id))

    async def topic_reopened(self, chat_id: int, topic_id: int | None) -> None:
        """Note that a topic (None: General) was opened again."""
        await self._become(chat_key(self._bot_id, chat_id), lambda row: groups.reopened(row, topic_id))

    async def _become(self, key: str, change: Callable[[Chat], Chat]) -> None:
        async with self._desk.work() as work:
            chat = await work.tx.chats.get(key)
            if chat is not None:
                await note(work, chat, change(chat))

    async def renamed(self, chat_id: int, title: str) -> None:
        """Note a group's new title; its community is called so too, if it was called as the group was."""
        async with self._desk.work() as work:
            chat = await work.tx.chats.get(chat_key(self._bot_id, chat_id))
            if chat is None or chat.title == title:
                return
            await work.tx.chats.save(replace(chat, title=title))
            community = await work.tx.communities.get(chat.community_id)
            if community is not None and community.name == chat.title:
                await work.tx.communities.save(replace(community, name=title))

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """Re-key everything of a group that became a supergroup, in one transaction. Its old cards are gone.

        What was begun for the new chat before this was known (the bot is told of its standing there first) is undone.
        """
        async with self._desk.work() as work:
            old_key, new_key = chat_key(self._bot_id, old_chat_id), chat_key(self._bot_id, new_chat_id)
            chat = await work.tx.chats.get(old_key)
            if chat is None:
                return
            there = await work.tx.chats.get(new_key)
            if there is not None:
                await _undo(work, there, chat.community_id)
            moved = chat if there is None else replace(chat, admin=there.admin, rights=there.rights, forum=there.forum)
            trouble = "" if moved.trouble == groups.REMOVED else moved.trouble
            await work.tx.chats.save(
                replace(moved, id=new_key, chat_id=new_chat_id, present=True, greeting=None, trouble=trouble, version=0)
            )
            await work.tx.chats.remove(old_key)
            community = await work.tx.communities.one(chat.community_id)
            if community.chat == old_key:
                await work.tx.communities.save(replace(community, chat=new_key))
            await _move_cards(work, old_key, new_key)


async def _move_cards(work: Work, old_key: str, new_key: str) -> None:
    for card in await work.tx.cards.of_chat(old_key):
        fresh = card.id.replace(old_key, new_key, 1)
        await work.tx.cards.save(replace(card, id=fresh, chat=new_key, message_id=None, shown="", version=0))
        await work.tx.cards.remove(card.id)
        work.days.add(Touched(card.checkpoint_id, card.day))


async def _undo(work: Work, chat: Chat, kept: CommunityId) -> None:
    """Take out a chat's row, and its community with its members if nobody has set that up."""
    await work.tx.chats.remove(chat.id)
    community = await work.tx.communities.get(chat.community_id)
    if community is None or community.ready or community.id == kept:
        return
    for membership in await work.tx.memberships.of_community(community.id):
        await work.tx.memberships.remove(membership.id)
    await work.tx.communities.remove(community.id)
