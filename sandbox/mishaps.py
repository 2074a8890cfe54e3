"""What happens to chats and people between two calls of the bot, done as somebody there would do it."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from sandbox.errors import ControlError
from sandbox.world.chats import Chat, Member
from sandbox.world.membership import block, depart, migrate, set_member
from sandbox.world.posting import delete, service
from sandbox.world.topics import remove_topic
from sandbox.world.world import World

Mishap = Callable[[World, Chat, int | None, int | None], None]


def befall(world: World, kind: str, chat: Chat, *, thread_id: int | None = None, message_id: int | None = None) -> None:
    """Let it happen: somebody blocks the bot, the bot is put out of the group, the topic is closed and so on.

    Does nothing where it cannot happen any more (a migrated group does not migrate again). `thread_id` is a topic,
    None for General. Raises `ControlError` for an unknown kind.
    """
    if kind not in _MISHAPS:
        raise ControlError(f"what happens is one of {', '.join(sorted(_MISHAPS))}")
    _MISHAPS[kind](world, chat, thread_id, message_id)


def _owner(chat: Chat) -> int:
    """Who does it: the group's owner, or the person of a private chat."""
    return next((member.user_id for member in chat.members.values() if member.status == "creator"), chat.id)


def _block(world: World, chat: Chat, _thread_id: int | None, _message_id: int | None) -> None:
    if chat.private:
        block(world, chat.id, blocked=True)


def _deactivate(world: World, chat: Chat, _thread_id: int | None, _message_id: int | None) -> None:
    if chat.private:
        world.people[chat.id].deleted = True
        world.changed("people")


def _migrate(world: World, chat: Chat, _thread_id: int | None, _message_id: int | None) -> None:
    if chat.type == "group" and chat.alive:
        migrate(world, chat, _owner(chat))


def _kick(world: World, chat: Chat, _thread_id: int | None, _message_id: int | None) -> None:
    if not chat.private:
        depart(world, chat, world.bot.id, actor_id=_owner(chat), banned=chat.type != "group")


def _silence(world: World, chat: Chat, _thread_id: int | None, _message_id: int | None) -> None:
    """The bot is an administrator no more, and may not write either; basic groups restrict all or nobody."""
    if chat.private or not chat.member(world.bot.id).present:
        return
    restricts_one = chat.type != "group"
    if not restricts_one:
        chat.permissions["can_send_messages"] = False
    status = "restricted" if restricts_one else "member"
    set_member(world, chat, Member(world.bot.id, status), actor_id=_owner(chat))


def _end_topic(world: World, chat: Chat, thread_id: int | None, _message_id: int | None, *, deleted: bool) -> None:
    """Close the topic, to the bot too (who may manage topics writes in closed ones), or take it away."""
    topic = chat.topics.get(thread_id or 0)
    if topic is None:
        return
    if deleted:
        if topic.id:  # General cannot be deleted
            remove_topic(world, chat, topic)
        return
    bot = chat.member(world.bot.id)
    if bot.may("can_manage_topics"):
        rights = {**bot.rights, "can_manage_topics": False}
        set_member(world, chat, Member(bot.user_id, bot.status, rights), actor_id=_owner(chat))
    topic.closed, topic.by_bot = True, False
    service(world, chat, _owner(chat), {"forum_topic_closed": {}}, topic.id or None)
    world.changed("chat", chat_id=chat.id)


def _delete_message(world: World, chat: Chat, _thread_id: int | None, message_id: int | None) -> None:
    message = chat.messages.get(message_id or 0)
    if message is not None:
        delete(world, message, by=_owner(chat))


_MISHAPS: Mapping[str, Mishap] = MappingProxyType(
    {
        "blocked": _block,
        "deactivated": _deactivate,
        "migrated": _migrate,
        "kicked": _kick,
        "rights-lost": _silence,
        "topic-closed": partial(_end_topic, deleted=False),
        "topic-deleted": partial(_end_topic, deleted=True),
        "message-gone": _delete_message,
    },
)
