"""The world as Bot API objects."""

from typing import Any

from sandbox.world.chats import PERMISSIONS, Chat, InviteLink, Member
from sandbox.world.messages import Message
from sandbox.world.people import anonymous_object, channel_sender_object
from sandbox.world.world import Poll, World

_EPOCH_DATE = 0


def member_object(world: World, chat: Chat, member: Member) -> dict[str, Any]:
    """The account's standing in the chat as a Bot API `ChatMember`."""
    made: dict[str, Any] = {"user": world.user(member.user_id), "status": member.status, **_rights(chat, member)}
    if member.leads and member.title:
        made["custom_title"] = member.title
    if member.status in {"member", "restricted"} and member.tag:
        made["tag"] = member.tag
    return made


def _rights(chat: Chat, member: Member) -> dict[str, Any]:
    """What the Bot API tells beside the status; channels have rights that groups lack, and groups others (TDLib)."""
    match member.status:
        case "creator":
            return {"is_anonymous": member.anonymous}
        case "administrator":
            rights = {name: member.rights.get(name, False) for name in chat.right_names()}
            return {"can_be_edited": member.promoted_by_bot, "is_anonymous": member.anonymous, **rights}
        case "restricted":
            allowed = {name: member.rights.get(name, False) for name in PERMISSIONS}
            return {"is_member": member.is_member, "until_date": member.until, **allowed}
        case "kicked":
            return {"until_date": member.until}
        case _:
            return {}


def message_object(world: World, message: Message, *, nested: bool = True) -> dict[str, Any]:
    """The message as the bot gets it; `nested` false leaves out what it replies to (no reply of a reply)."""
    chat = world.chats[message.chat_id]
    made: dict[str, Any] = {"message_id": message.id, "date": int(message.date), "chat": world.chat(chat)}
    made |= _author(world, chat, message)
    if chat.is_forum and message.thread_id:
        made |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    optional = {
        "edit_date": int(message.edit_date) if message.edit_date is not None else None,
        "forward_origin": message.forwarded,
        "has_protected_content": message.protected,
        "media_group_id": message.album,
        "link_preview_options": message.link_preview,
        "reply_markup": message.markup,
    }
    made |= {name: value for name, value in optional.items() if value}
    made |= _content(world, message, nested=nested)
    if nested and (replied := _replied(chat, message)):
        made["reply_to_message"] = message_object(world, replied, nested=False)
    return made


def _author(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    member = chat.member(message.sender_id)
    if chat.type == "channel":
        return {"sender_chat": world.chat(chat)}
    if message.as_chat == chat.id:
        signature = {"author_signature": member.title} if member.title else {}
        return {"from": anonymous_object(), "sender_chat": world.chat(chat), **signature}
    if message.as_chat is not None:
        return {"from": channel_sender_object(), "sender_chat": world.chat(world.chats[message.as_chat])}
    tag = {"sender_tag": member.tag} if member.tag and not message.service else {}
    return {"from": world.user(message.sender_id), **tag}


def _replied(chat: Chat, message: Message) -> Message | None:
    if message.reply_to is not None:
        return chat.messages.get(message.reply_to)
    # A message in a topic answers the topic's creation message (server `get_implicit_reply_to_message_id`).
    if chat.is_forum and message.thread_id and message.id != message.thread_id:
        return chat.messages.get(message.thread_id)
    return None


def _content(world: World, message: Message, *, nested: bool) -> dict[str, Any]:
    content = dict(message.content)
    for name, value in message.content.items():
        match name:
            case "poll":
                content[name] = poll_object(world.polls[value["id"]])
            case "entities" | "caption_entities":
                content[name] = [_with_user(world, entity) for entity in value]
            case "new_chat_members":
                content[name] = [world.user(one) for one in value]
            case "left_chat_member":
                content[name] = world.user(value)
            case "pinned_message":
                content[name] = _pinned(world, message.chat_id, value, nested=nested)
            case _:
                continue
    return content


def _pinned(world: World, chat_id: int, message_id: int, *, nested: bool) -> dict[str, Any]:
    """The pinned message; one that is gone, or would be nested too deep, as an `InaccessibleMessage`."""
    pinned = world.message(chat_id, message_id)
    if pinned is not None and nested:
        return message_object(world, pinned, nested=False)
    return {"chat": world.chat(world.chats[chat_id]), "message_id": message_id, "date": _EPOCH_DATE}


def _with_user(world: World, entity: dict[str, Any]) -> dict[str, Any]:
    if entity["type"] != "text_mention":
        return entity
    return {**entity, "user": world.user(int(entity["user"]["id"]))}


def poll_object(poll: Poll) -> dict[str, Any]:
    """The poll with its counts as a Bot API `Poll`."""
    counts = [sum(index in chosen for chosen in poll.votes.values()) for index in range(len(poll.content["options"]))]
    options = [{**option, "voter_count": count} for option, count in zip(poll.content["options"], counts, strict=True)]
    return {**poll.content, "options": options, "total_voter_count": sum(1 for chosen in poll.votes.values() if chosen)}


def link_object(world: World, chat: Chat, link: InviteLink) -> dict[str, Any]:
    """The invite link as a Bot API `ChatInviteLink`."""
    made: dict[str, Any] = {
        "invite_link": link.url,
        "creator": world.user(link.creator_id),
        "creates_join_request": link.asks,
        "is_primary": link.primary,
        "is_revoked": link.revoked,
    }
    optional = {"name": link.name, "expire_date": link.expires, "member_limit": link.member_limit}
    made |= {name: value for name, value in optional.items() if value}
    if link.asks and chat.join_requests:
        made["pending_join_request_count"] = len(chat.join_requests)
    return made
