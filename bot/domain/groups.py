"""What keeps the cards out of a group, and when it is over: pure rules on the row of a chat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.communities import Chat
from bot.domain.people import Person

REMOVED, RIGHTS, GENERAL, TOPIC = "removed", "rights", "general", "topic"
"""The bot is out of the group, or the group is gone; it may not write; General is closed; the bound topic is gone."""

TROUBLED, RESTORED = "group_troubled", "group_restored"
GROUP_KINDS = frozenset({TROUBLED, RESTORED})
"""The kinds of notices by which those who lead are told of it."""

MANAGES_TOPICS = "manage_topics"  # the right with which an administrator writes in closed topics, too


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTold:
    """A notice about a group: its reader, what is or was wrong there, and since when. `zone` is the community's."""

    kind: str
    reader: Person
    language: str
    group: str
    trouble: str
    since: datetime
    zone: str
    repeat: bool = False


def arrived(chat: Chat, may_write: bool | None) -> Chat:
    """Return the chat when the bot is told that it is in the group. `may_write` None: nothing is known of that."""
    trouble = "" if chat.trouble == REMOVED else chat.trouble
    if may_write is False:
        trouble = RIGHTS
    elif may_write and trouble == RIGHTS:
        trouble = ""
    return replace(chat, present=True, trouble=trouble)


def departed(chat: Chat) -> Chat:
    """Return the chat when the bot is no longer in the group, or the group is gone."""
    return replace(chat, present=False, admin=False, rights=(), trouble=REMOVED)


def silenced(chat: Chat) -> Chat:
    """Return the chat after the bot was refused to write there."""
    return replace(chat, trouble=RIGHTS) if chat.present else chat


def shut(chat: Chat, topic_id: int | None) -> Chat:
    """Return the chat after a topic (None: General) was found closed or gone.

    If that is where its cards go, a bound topic gives way to General and is remembered; without General the cards stand
    still. A topic to which they do not go (any more) is of no interest.
    """
    if topic_id != chat.topic_id or not chat.present:
        return chat
    if topic_id is None:
        return replace(chat, trouble=GENERAL)
    return replace(chat, topic_id=None, lost_topic=topic_id, trouble=TOPIC)


def written_to(chat: Chat, topic_id: int | None) -> Chat:
    """Return the chat after the bot could write in that topic again. A topic that was lost stays lost."""
    over = chat.present and topic_id == chat.topic_id and chat.trouble in {RIGHTS, GENERAL}
    return replace(chat, trouble="") if over else chat


def reopened(chat: Chat, topic_id: int | None) -> Chat:
    """Return the chat after a topic (None: General) was opened again: cards go where they went before."""
    if topic_id is None:
        return replace(chat, trouble="") if chat.trouble == GENERAL else chat
    if topic_id != chat.lost_topic:
        return chat
    trouble = "" if chat.trouble in {TOPIC, GENERAL} else chat.trouble
    return replace(chat, topic_id=topic_id, lost_topic=None, trouble=trouble)


def bound(chat: Chat, topic_id: int | None) -> Chat:
    """Return the chat with its cards bound to a topic by somebody in it; that settles what was wrong with the last."""
    trouble = RIGHTS if chat.trouble == RIGHTS else ""
    return replace(chat, topic_id=topic_id, lost_topic=None, present=True, trouble=trouble)
