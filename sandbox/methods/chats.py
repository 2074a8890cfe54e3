"""Chats: what they are, who is in them, and what the bot may change."""

from typing import Any

from sandbox.entities.text import utf16_length
from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of, message_of, require_right, user_of
from sandbox.world.chats import PERMISSIONS, Chat
from sandbox.world.membership import depart
from sandbox.world.posting import post, service
from sandbox.world.render import member_object, message_object

PIN_REFUSAL = "not enough rights to manage pinned messages in the chat"
_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat(call: Call) -> Any:
    """`getChat`."""
    chat = chat_of(call, Access.READ)
    told = {**call.world.chat(chat), "accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11}
    told["accepted_gift_types"] = dict(_GIFTS)
    if chat.description:
        told["description"] = chat.description
    if chat.type in {"group", "supergroup"}:
        told["permissions"] = dict(chat.permissions)
    if chat.pinned:
        told["pinned_message"] = message_object(call.world, chat.messages[chat.pinned[0]], nested=False)
    if (link := _primary_link(call, chat)) is not None:
        told["invite_link"] = link
    return told


def _primary_link(call: Call, chat: Chat) -> str | None:
    """The bot's own primary link, if it has one and may invite."""
    me = call.world.bot.id
    if not chat.member(me).may("can_invite_users"):
        return None
    own = (link.url for link in chat.links if link.primary and link.creator_id == me and not link.revoked)
    return next(own, None)


def get_chat_member(call: Call) -> Any:
    """`getChatMember`; somebody who was never there is `left`, or not found if the bot never met them (TDLib)."""
    user_id = user_of(call)
    chat = chat_of(call, Access.READ_MEMBERS)
    if chat.private:
        known = user_id in {chat.id, call.world.bot.id}
        if not known:
            raise bad_request("member not found")
        return {"status": "member", "user": call.world.user(user_id)}
    return member_object(call.world, chat, chat.member(user_id))


def get_chat_administrators(call: Call) -> Any:
    """`getChatAdministrators`: people and this bot, owner first; other bots are left out (Bot API docs)."""
    chat = chat_of(call, Access.READ_MEMBERS)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    leaders = sorted((member for member in chat.present() if member.leads), key=lambda one: one.status != "creator")
    return [member_object(call.world, chat, member) for member in leaders]


def get_chat_member_count(call: Call) -> Any:
    """`getChatMemberCount`."""
    chat = chat_of(call, Access.READ)
    return 2 if chat.private else sum(1 for _ in chat.present())


def leave_chat(call: Call) -> Any:
    """`leaveChat`."""
    chat = chat_of(call, Access.READ)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.upgraded_to is not None or chat.deleted:
        raise bad_request("chat is deactivated")
    depart(call.world, chat, call.world.bot.id, actor_id=call.world.bot.id)
    return True


def set_chat_title(call: Call) -> Any:
    """`setChatTitle`; cut to 128 characters (TDLib), with a service message."""
    title = " ".join(str(call.get("title", "")).split())[:128]
    if not title:
        raise bad_request("title must be non-empty")
    chat = chat_of(call, Access.WRITE)
    require_right(call, chat, "can_change_info", "not enough rights to change chat title")
    if title != chat.title:
        retitle(call, chat, title)
    return True


def retitle(call: Call, chat: Chat, title: str) -> None:
    """Change the title and say so in the chat."""
    chat.title = title
    service(call.world, chat, call.world.bot.id, {"new_chat_title": title})
    call.world.changed("chat", chat_id=chat.id)


def set_chat_description(call: Call) -> Any:
    """`setChatDescription`."""
    chat = chat_of(call, Access.WRITE)
    require_right(call, chat, "can_change_info", "not enough rights to set chat description")
    fresh = str(call.get("description", "")).strip()[:255]
    if fresh == chat.description:
        raise bad_request("chat description is not modified")
    chat.description = fresh
    call.world.changed("chat", chat_id=chat.id)
    return True


def set_chat_permissions(call: Call) -> Any:
    """`setChatPermissions`."""
    chat = chat_of(call, Access.WRITE)
    require_right(call, chat, "can_restrict_members", "not enough rights to change chat permissions")
    given = call.get("permissions", {})
    chat.permissions = {name: bool(given.get(name, False)) for name in PERMISSIONS}
    call.world.changed("chat", chat_id=chat.id)
    return True


def set_chat_member_tag(call: Call) -> Any:
    """`setChatMemberTag` (Bot API 9.5): 0-16 characters, no emoji."""
    user_id = user_of(call)
    tag = str(call.get("tag", "")).strip()
    if utf16_length(tag) > 16:
        raise bad_request("TAG_INVALID")
    if any(character > "\U0001f000" for character in tag):
        raise bad_request("TAG_EMOJI_NOT_ALLOWED")
    chat = chat_of(call, Access.WRITE)
    if chat.type not in {"group", "supergroup"}:
        raise bad_request("method is available only for groups and supergroups")
    require_right(call, chat, "can_manage_tags", "not enough rights to change tag of the user")  # guess
    member = chat.member(user_id)
    if not member.present:
        raise bad_request("member not found")
    member.tag = tag or None
    call.world.changed("chat", chat_id=chat.id)
    return True


def pin_chat_message(call: Call) -> Any:
    """`pinChatMessage`: the message is checked before the right (server)."""
    chat = chat_of(call, Access.WRITE)
    message = message_of(call, chat, "pin")
    require_pinning(call, chat)
    if message.id not in chat.pinned:
        chat.pinned = sorted({*chat.pinned, message.id}, reverse=True)
        post(
            call.world,
            chat,
            call.world.bot.id,
            {"pinned_message": message.id},
            service=True,
            thread_id=message.thread_id,
            silent=bool(call.get("disable_notification", False)) or chat.private,
        )
    call.world.changed("chat", chat_id=chat.id)
    return True


def unpin_chat_message(call: Call) -> Any:
    """`unpinChatMessage`: without a message, the newest pinned one."""
    chat = chat_of(call, Access.WRITE)
    message_id = call.get("message_id") or (chat.pinned[0] if chat.pinned else 0)
    if message_id not in chat.messages:
        raise bad_request("message to unpin not found")
    require_pinning(call, chat)
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    call.world.changed("chat", chat_id=chat.id)
    return True


def unpin_all_chat_messages(call: Call) -> Any:
    """`unpinAllChatMessages`."""
    chat = chat_of(call, Access.WRITE)
    require_pinning(call, chat)
    chat.pinned = []
    call.world.changed("chat", chat_id=chat.id)
    return True


def require_pinning(call: Call, chat: Chat) -> None:
    """Pinning needs a right everywhere but in private (TDLib)."""
    if not chat.private:
        require_right(call, chat, "can_pin_messages", PIN_REFUSAL)


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setChatTitle": set_chat_title,
    "setChatDescription": set_chat_description,
    "setChatPermissions": set_chat_permissions,
    "setChatMemberTag": set_chat_member_tag,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
