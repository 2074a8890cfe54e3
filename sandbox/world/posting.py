"""Writing messages into the world, changing them, taking them out, and telling the bot."""

from typing import Any

from sandbox.world.chats import Chat
from sandbox.world.messages import Message
from sandbox.world.render import message_object
from sandbox.world.world import World


def post(
    world: World,
    chat: Chat,
    sender_id: int,
    content: dict[str, Any],
    *,
    method: str | None = None,
    **more: Any,
) -> Message:
    """Put a message into the chat, record it and deliver it to the bot if the bot may read it.

    Args:
        world: where.
        chat: in which chat.
        sender_id: who writes: a person or the bot.
        content: its Bot API content fields.
        method: the bot's method, when the bot wrote it.
        more: other fields of `Message` (thread_id, reply_to, markup, as_chat, service, silent …).
    """
    message = Message(world.next_message_id(chat), chat.id, sender_id, world.now(), content, **more)
    chat.messages[message.id] = message
    record(world, message, "sent", by=sender_id, method=method)
    message.reached_bot = sender_id == world.bot.id or bot_may_read(world, chat, message)
    deliver = message.reached_bot and (sender_id != world.bot.id or message.service)
    if deliver:
        deliver_message(world, chat, message)
    world.changed("message", chat_id=chat.id, message_id=message.id)
    return message


def service(world: World, chat: Chat, actor_id: int, content: dict[str, Any], thread_id: int | None = None) -> Message:
    """Put a service message ("Chen added Li") into the chat; the bot gets those of its own making too."""
    return post(world, chat, actor_id, content, service=True, thread_id=thread_id)


def deliver_message(world: World, chat: Chat, message: Message, *, edited: bool = False) -> None:
    """Queue the message, or its edit, as an update for the bot."""
    kind = ("edited_" if edited else "") + ("channel_post" if chat.type == "channel" else "message")
    world.updates.add(
        kind,
        message_object(world, message),
        queue=f"chat {chat.id}",
        about=f"{kind.replace('_', ' ')} from {world.name_of(message.sender_id)}",
    )


def bot_may_read(world: World, chat: Chat, message: Message) -> bool:
    """Whether the bot gets this message: its standing in the chat and, in groups, privacy mode.

    Source: Bot API docs, privacy mode. A command without the bot's name reaches it whenever it is the only bot there,
    which it always is here (guess: the docs say "if the bot was the last bot to send a message").
    """
    if chat.private:
        return not world.people[chat.id].blocked
    member = chat.member(world.bot.id)
    leaves = message.content.get("left_chat_member") == world.bot.id
    if not member.present and not leaves:
        return False
    if chat.type == "channel" or not world.bot.privacy or member.leads or message.service:
        return True
    return _meant_for_bot(world, chat, message)


def _meant_for_bot(world: World, chat: Chat, message: Message) -> bool:
    text = message.content.get("text", "")
    entities = message.content.get("entities", [])
    if any(entity["type"] == "bot_command" and entity["offset"] == 0 for entity in entities):
        _, at, name = text.split()[0].partition("@")
        return not at or name.lower() == world.bot.username.lower()
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    return replied is not None and replied.reached_bot and not replied.service


def edit(world: World, message: Message, *, method: str | None = None, by: int | None = None) -> None:
    """Record that the message was changed, count its version up and tell whoever must know."""
    message.version += 1
    message.edit_date = world.now()
    chat = world.chats[message.chat_id]
    author = by if by is not None else message.sender_id
    record(world, message, "edited", by=author, method=method)
    if author != world.bot.id and message.reached_bot:
        deliver_message(world, chat, message, edited=True)
    world.changed("edited", chat_id=chat.id, message_id=message.id)


def delete(world: World, message: Message, *, by: int, method: str | None = None) -> None:
    """Take the message out of its chat; no update follows, as on Telegram."""
    chat = world.chats[message.chat_id]
    del chat.messages[message.id]
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    record(world, message, "deleted", by=by, method=method)
    world.changed("deleted", chat_id=chat.id, message_id=message.id)


def record(world: World, message: Message, action: str, *, by: int, method: str | None) -> None:
    """Write down what the chat's readers have now been shown, and who they are."""
    world.versions.append(
        {
            "seq": len(world.versions) + 1,
            "at": world.now(),
            "real": world.steady(),
            "to": world.chats[message.chat_id].audience(),
            "chat_id": message.chat_id,
            "message_id": message.id,
            "version": message.version,
            "action": action,
            "by": by,
            "from_bot": by == world.bot.id,
            "method": method,
            "kind": message.kind,
            "text": message.formatted.text,
            "keyboard": _recorded_keyboard(message.markup),
            "silent": message.silent,
            "topic_id": world.chats[message.chat_id].topic_of(message),
            "answer_lost": False,
        },
    )


def _recorded_keyboard(markup: dict[str, Any] | None) -> list[list[dict[str, Any]]] | None:
    if not markup:
        return None
    return [
        [{("data" if name == "callback_data" else name): value for name, value in button.items()} for button in row]
        for row in markup["inline_keyboard"]
    ]
