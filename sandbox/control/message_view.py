"""One message as one person sees it."""

from typing import Any

from sandbox.control.buttons import button_kind
from sandbox.control.telling import service_text
from sandbox.entities.render import to_html
from sandbox.world.chats import Chat
from sandbox.world.messages import Message
from sandbox.world.people import Person
from sandbox.world.world import World

BOT_EMOJI, BOT_COLOR, GROUP_EMOJI = "🤖", "#2563eb", "👥"


def face_of(world: World, user_id: int) -> dict[str, Any]:
    """Who it is and how it looks."""
    person = world.people.get(user_id)
    emoji, color = (person.emoji, person.color) if person else (BOT_EMOJI, BOT_COLOR)
    return {"id": user_id, "name": world.name_of(user_id), "is_bot": person is None, "emoji": emoji, "color": color}


def message_view(world: World, person: Person, chat: Chat, message: Message) -> dict[str, Any]:
    """One message as the person sees it."""
    content = message.content
    contact = content.get("contact")
    return {
        "id": message.id,
        "chat_id": chat.id,
        "topic_id": chat.topic_of(message),
        "date": message.date,
        "edit_date": message.edit_date,
        "edited": message.edit_date is not None,
        "version": message.version,
        "from": _author(world, chat, message),
        "outgoing": message.sender_id == person.id and message.as_chat is None,
        "kind": message.kind,
        "text": message.formatted.text,
        "html": to_html(message.formatted),
        "entities": message.formatted.entities,
        "photo": _picture(content.get("photo", [None])[-1]),
        "video": _picture(content.get("video")),
        "document": _attachment(world, content.get("document")),
        "voice": _attachment(world, content.get("voice")),
        "location": _place(content),
        "contact": _contact(contact),
        "poll": _poll(world, person, content),
        "service": _service(world, chat, message),
        "reply_to": _reply(world, chat, message),
        "forwarded_from": _forwarded(message),
        "keyboard": _buttons(world, person, message),
        "reactions": _reactions(person, message),
        "pinned": message.id in chat.pinned,
        "silent": message.silent,
        "protected": message.protected,
        "via_bot": None,
    }


def _author(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    member = chat.member(message.sender_id)
    if message.as_chat is not None or chat.type == "channel":
        face = world.chats[message.as_chat or chat.id]
        return {
            "id": face.id,
            "name": face.title,
            "is_bot": False,
            "emoji": GROUP_EMOJI,
            "color": "#475569",
            "tag": member.title,
        }
    return {**face_of(world, message.sender_id), "tag": member.title or member.tag}


def _picture(found: dict[str, Any] | None) -> dict[str, Any] | None:
    if not found:
        return None
    return {"url": f"/control/files/{found['file_id']}", "width": found["width"], "height": found["height"]}


def _attachment(world: World, found: dict[str, Any] | None) -> dict[str, Any] | None:
    if not found:
        return None
    stored = world.files.by_id[found["file_id"]]
    return {
        "url": f"/control/files/{stored.file_id}",
        "file_name": stored.name,
        "mime_type": stored.mime_type,
        "size": stored.size,
    }


def _place(content: dict[str, Any]) -> dict[str, Any] | None:
    if "location" not in content:
        return None
    venue = content.get("venue", {})
    point = content["location"]
    return {
        "latitude": point["latitude"],
        "longitude": point["longitude"],
        "title": venue.get("title"),
        "address": venue.get("address"),
    }


def _contact(contact: dict[str, Any] | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    name = f"{contact['first_name']} {contact.get('last_name', '')}".strip()
    return {"name": name, "phone_number": contact["phone_number"]}


def _poll(world: World, person: Person, content: dict[str, Any]) -> dict[str, Any] | None:
    if "poll" not in content:
        return None
    poll = world.polls[content["poll"]["id"]]
    mine = poll.votes.get(person.id, [])
    options = [
        {"text": option["text"], "votes": sum(index in one for one in poll.votes.values()), "mine": index in mine}
        for index, option in enumerate(poll.content["options"])
    ]
    return {
        "id": poll.id,
        "question": poll.content["question"],
        "options": options,
        "total": sum(1 for one in poll.votes.values() if one),
        "closed": poll.content["is_closed"],
        "anonymous": poll.content["is_anonymous"],
        "multiple": poll.content["allows_multiple_answers"],
    }


def _service(world: World, chat: Chat, message: Message) -> dict[str, Any] | None:
    if not message.service:
        return None
    return {"kind": next(iter(message.content)), "text": service_text(world, chat, message)}


def _reply(world: World, chat: Chat, message: Message) -> dict[str, Any] | None:
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if replied is None:
        return None
    text = replied.formatted.text[:120] or f"[{replied.kind}]"
    return {"id": replied.id, "name": world.name_of(replied.sender_id), "text": text}


def _forwarded(message: Message) -> str | None:
    origin = message.forwarded
    if not origin:
        return None
    chat = origin.get("sender_chat") or origin.get("chat")
    return str(chat["title"] if chat else origin["sender_user"]["first_name"])


def _buttons(world: World, person: Person, message: Message) -> list[list[dict[str, Any]]] | None:
    if not message.markup:
        return None
    waiting = {
        press.data
        for press in world.waiting_presses(person.id)
        if (press.chat_id, press.message_id) == (message.chat_id, message.id)
    }
    return [[_button(button, waiting) for button in row] for row in message.markup["inline_keyboard"]]


def _button(button: dict[str, Any], waiting: set[str]) -> dict[str, Any]:
    return {
        "text": button["text"],
        "style": button.get("style"),
        "kind": button_kind(button),
        "url": button.get("url"),
        "copy_text": (button.get("copy_text") or {}).get("text"),
        "waiting": button.get("callback_data") in waiting,
    }


def _reactions(person: Person, message: Message) -> list[dict[str, Any]]:
    counted = dict.fromkeys(message.reactions.values(), 0)
    for emoji in message.reactions.values():
        counted[emoji] += 1
    mine = message.reactions.get(person.id)
    return [{"emoji": emoji, "count": count, "mine": emoji == mine} for emoji, count in counted.items()]
