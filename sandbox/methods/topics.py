"""Forum topics."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of
from sandbox.methods.chats import require_pinning
from sandbox.world.chats import Chat, Topic
from sandbox.world.posting import service
from sandbox.world.topics import open_topic, remove_topic

COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)  # Bot API docs, createForumTopic
NO_FORUM = "the chat is not a forum"  # TDLib
NOT_MODIFIED = "TOPIC_NOT_MODIFIED"  # seen


def create_forum_topic(call: Call) -> Any:
    """`createForumTopic`; needs can_manage_topics; a name is cut to 128 characters (TDLib)."""
    name = _name(call)
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")  # guess
    color = call.get("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")  # guess
    chat = _forum(call)
    if not chat.member(call.world.bot.id).may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")  # TDLib
    topic = open_topic(call.world, chat, call.world.bot.id, name, color=color, by_bot=True)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(call: Call) -> Any:
    """`editForumTopic`: only the name is played; an empty one keeps the old (Bot API docs)."""
    return _rename(call, *_topic(call, "edit the topic"))


def edit_general_forum_topic(call: Call) -> Any:
    """`editGeneralForumTopic`."""
    return _rename(call, *_general(call, "edit the topic"))


def close_forum_topic(call: Call) -> Any:
    """`closeForumTopic`."""
    return _set_closed(call, *_topic(call, "close or open the topic"), closed=True)


def reopen_forum_topic(call: Call) -> Any:
    """`reopenForumTopic`."""
    return _set_closed(call, *_topic(call, "close or open the topic"), closed=False)


def close_general_forum_topic(call: Call) -> Any:
    """`closeGeneralForumTopic`."""
    return _set_closed(call, *_general(call, "close or open the topic"), closed=True)


def reopen_general_forum_topic(call: Call) -> Any:
    """`reopenGeneralForumTopic`: also shows it again (Bot API docs)."""
    chat, topic = _general(call, "close or open the topic")
    topic.hidden = False
    return _set_closed(call, chat, topic, closed=False)


def hide_general_forum_topic(call: Call) -> Any:
    """`hideGeneralForumTopic`: also closes it (Bot API docs)."""
    return _set_hidden(call, hidden=True)


def unhide_general_forum_topic(call: Call) -> Any:
    """`unhideGeneralForumTopic`."""
    return _set_hidden(call, hidden=False)


def delete_forum_topic(call: Call) -> Any:
    """`deleteForumTopic`: with all its messages; needs can_delete_messages, whoever made the topic (Bot API docs)."""
    chat = _forum(call)
    topic = _named(call, chat)
    if not chat.member(call.world.bot.id).may("can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    remove_topic(call.world, chat, topic)
    return True


def unpin_all_forum_topic_messages(call: Call) -> Any:
    """`unpinAllForumTopicMessages`."""
    chat = _forum(call)
    return _unpin(call, chat, _named(call, chat))


def unpin_all_general_forum_topic_messages(call: Call) -> Any:
    """`unpinAllGeneralForumTopicMessages`."""
    chat = _forum(call)
    return _unpin(call, chat, chat.topics[0])


def get_forum_topic_icon_stickers(_call: Call) -> Any:
    """`getForumTopicIconStickers`: none are played."""
    return []


def _forum(call: Call) -> Chat:
    chat = chat_of(call, Access.WRITE)
    if not chat.is_forum:
        raise bad_request(NO_FORUM)
    return chat


def _named(call: Call, chat: Chat) -> Topic:
    thread_id = call.get("message_thread_id", 0)
    if thread_id <= 0:
        raise bad_request("invalid forum topic identifier specified")
    if thread_id not in chat.topics:
        raise bad_request("TOPIC_ID_INVALID")
    return chat.topics[thread_id]


def _topic(call: Call, deed: str) -> tuple[Chat, Topic]:
    chat = _forum(call)
    topic = _named(call, chat)
    if not chat.member(call.world.bot.id).may("can_manage_topics") and not topic.by_bot:
        raise bad_request(f"not enough rights to {deed}")
    return chat, topic


def _general(call: Call, deed: str) -> tuple[Chat, Topic]:
    chat = _forum(call)
    if not chat.member(call.world.bot.id).may("can_manage_topics"):
        raise bad_request(f"not enough rights to {deed}")
    return chat, chat.topics[0]


def _name(call: Call) -> str:
    return " ".join(str(call.get("name", "")).split())[:128]


def _rename(call: Call, chat: Chat, topic: Topic) -> bool:
    name = _name(call)
    if name and name == topic.name:
        raise bad_request(NOT_MODIFIED)
    if name:
        topic.name = name
        _say(call, chat, topic, {"forum_topic_edited": {"name": name}})
    return True


def _set_closed(call: Call, chat: Chat, topic: Topic, *, closed: bool) -> bool:
    if topic.closed == closed:
        raise bad_request(NOT_MODIFIED)
    topic.closed = closed
    _say(call, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def _set_hidden(call: Call, *, hidden: bool) -> bool:
    chat, topic = _general(call, "close or open the topic")
    if topic.hidden == hidden:
        raise bad_request(NOT_MODIFIED)
    topic.hidden = hidden
    topic.closed = topic.closed or hidden
    _say(call, chat, topic, {"general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden": {}})
    return True


def _say(call: Call, chat: Chat, topic: Topic, content: dict[str, Any]) -> None:
    service(call.world, chat, call.world.bot.id, content, topic.id or None)
    call.world.changed("chat", chat_id=chat.id)


def _unpin(call: Call, chat: Chat, topic: Topic) -> bool:
    require_pinning(call, chat)
    chat.pinned = [one for one in chat.pinned if chat.topic_of(chat.messages[one]) != topic.id]
    call.world.changed("chat", chat_id=chat.id)
    return True


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "editGeneralForumTopic": edit_general_forum_topic,
    "closeGeneralForumTopic": close_general_forum_topic,
    "reopenGeneralForumTopic": reopen_general_forum_topic,
    "hideGeneralForumTopic": hide_general_forum_topic,
    "unhideGeneralForumTopic": unhide_general_forum_topic,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "unpinAllGeneralForumTopicMessages": unpin_all_general_forum_topic_messages,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
}
