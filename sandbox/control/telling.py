"""Service messages in words."""

from typing import Any

from sandbox.world.chats import Chat
from sandbox.world.messages import Message
from sandbox.world.world import World


def service_text(world: World, chat: Chat, message: Message) -> str:
    """What a client writes for the service message, in English."""
    kind, value = next(iter(message.content.items()))
    actor = world.name_of(message.sender_id)
    match kind:
        case "new_chat_members":
            return _joined(world, actor, message.sender_id, value)
        case "left_chat_member":
            gone = world.name_of(value)
            return f"{actor} left" if value == message.sender_id else f"{actor} removed {gone}"
        case "pinned_message":
            return f"{actor} pinned {_quoted(chat, value)}"
        case "new_chat_title":
            return f"{actor} changed the title to “{value}”"
        case "migrate_to_chat_id" | "migrate_from_chat_id":
            return "The group became a supergroup"
        case _:
            return _topic_text(kind, value, actor)


def _joined(world: World, actor: str, actor_id: int, ids: list[int]) -> str:
    if ids == [actor_id]:
        return f"{actor} joined"
    return f"{actor} added {', '.join(world.name_of(one) for one in ids)}"


def _topic_text(kind: str, value: Any, actor: str) -> str:
    match kind:
        case "forum_topic_created":
            return f"{actor} created the topic “{value['name']}”"
        case "forum_topic_edited":
            return f"{actor} renamed the topic to “{value.get('name', '')}”"
        case "forum_topic_closed" | "general_forum_topic_hidden":
            return f"{actor} closed the topic"
        case "forum_topic_reopened" | "general_forum_topic_unhidden":
            return f"{actor} reopened the topic"
        case _:
            return f"{actor}: {kind.replace('_', ' ')}"


def _quoted(chat: Chat, message_id: int) -> str:
    pinned = chat.messages.get(message_id)
    if pinned is None:
        return "a message"
    text = pinned.formatted.text.replace("\n", " ")
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”" if text else f"a {pinned.kind}"
