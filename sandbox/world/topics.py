"""Making and removing forum topics."""

from sandbox.world.chats import Chat, Topic
from sandbox.world.posting import service
from sandbox.world.world import World


def open_topic(
    world: World,
    chat: Chat,
    actor_id: int,
    name: str,
    *,
    color: int = 0x6FB9F0,
    by_bot: bool = False,
) -> Topic:
    """Make a topic: its creation message's id is the topic's id, as on Telegram."""
    thread_id = chat.last_message_id + 1
    topic = chat.topics[thread_id] = Topic(thread_id, name, color, by_bot=by_bot)
    service(world, chat, actor_id, {"forum_topic_created": {"name": name, "icon_color": color}}, thread_id=thread_id)
    world.changed("chat", chat_id=chat.id)
    return topic


def remove_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Take a topic and all its messages away; no update follows (Telegram sends none for deletions)."""
    for message in [one for one in chat.messages.values() if one.thread_id == topic.id]:
        del chat.messages[message.id]
    chat.pinned = [one for one in chat.pinned if one in chat.messages]
    del chat.topics[topic.id]
    world.changed("chat", chat_id=chat.id)
