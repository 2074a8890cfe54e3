"""Text and other messages without files: send, forward, copy, delete, chat actions."""

from collections.abc import Callable
from typing import Any

from sandbox.entities.links import checked_url
from sandbox.entities.requested import formatted_text, requested_text, sendable_caption, sendable_text
from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of, message_of
from sandbox.methods.sending import place, send
from sandbox.world.chats import Chat
from sandbox.world.messages import CAPTIONED, Message, text_fields
from sandbox.world.posting import delete
from sandbox.world.render import message_object

DELETE_LIMIT = 48 * 3600  # seconds; Bot API docs, deleteMessage
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    },
)


def send_message(call: Call) -> Any:
    """`sendMessage`."""
    formatted = requested_text(call.get("text", ""), call.get("parse_mode"), call.get("entities"))
    sendable_text(formatted)
    preview = _preview(call, formatted.entities)
    return send(call, "text", text_fields(formatted), link_preview=preview)


def _preview(call: Call, entities: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The options worth keeping: Telegram gives back only those that differ from the defaults (server)."""
    options = call.get("link_preview_options") or {}
    if options.get("url") and checked_url(options["url"]) is None:
        raise bad_request("WEBPAGE_URL_INVALID")
    has_link = any(entity["type"] in {"url", "text_link"} for entity in entities)
    kept = {name: value for name, value in options.items() if value and (name != "is_disabled" or has_link)}
    return kept or None


def send_location(call: Call) -> Any:
    """`sendLocation`; a point off the map is refused (TDLib)."""
    return send(call, "location", {"location": _location(call)})


def _location(call: Call) -> dict[str, Any]:
    if "latitude" not in call.params:
        raise bad_request("latitude is empty")
    if "longitude" not in call.params:
        raise bad_request("longitude is empty")
    latitude, longitude = float(call.params["latitude"]), float(call.params["longitude"])
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise bad_request("invalid location specified")
    place_: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    for name in ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius"):
        if call.params.get(name):
            place_[name] = call.params[name]
    return place_


def send_venue(call: Call) -> Any:
    """`sendVenue`; the message carries a location beside the venue, as Telegram's do."""
    location = _location(call)
    names = ("title", "address", "foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
    told = {name: call.params[name] for name in names if call.params.get(name)}
    if "title" not in told:
        raise bad_request("venue title must be non-empty")
    if "address" not in told:
        raise bad_request("venue address must be non-empty")
    return send(call, "venue", {"venue": {"location": location, **told}, "location": location})


def send_contact(call: Call) -> Any:
    """`sendContact`."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call.params[name] for name in names if call.params.get(name)}
    if "phone_number" not in contact:
        raise bad_request("phone number is required")  # guess
    if "first_name" not in contact:
        raise bad_request("first name is required")  # guess
    return send(call, "contact", {"contact": contact})


def send_dice(call: Call) -> Any:
    """`sendDice`."""
    emoji = call.get("emoji", "🎲")
    if emoji not in DICE:
        raise bad_request("DICE_EMOJI_INVALID")  # guess
    return send(call, "dice", {"dice": {"emoji": emoji, "value": call.world.rng.randint(1, DICE[emoji])}})


def send_chat_action(call: Call) -> Any:
    """`sendChatAction`: shows for five seconds (Bot API docs)."""
    if str(call.get("action", "")).lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = chat_of(call, Access.WRITE)
    chat.typing_until = call.world.now() + 5
    call.world.changed("typing", chat_id=chat.id)
    return True


def forward_message(call: Call) -> Any:
    """`forwardMessage`."""
    return message_object(call.world, _forward(call, call.get("message_id", 0)))


def _forward(call: Call, message_id: int) -> Message:
    source = chat_of(call, Access.READ, "from_chat_id")
    message = source.messages.get(message_id)
    if message is None:
        raise bad_request("message to forward not found")
    if message.service or message.protected:
        raise bad_request("the message can't be forwarded")
    return place(
        call, message.kind, dict(message.content), forwarded=message.forwarded or _origin(call, source, message)
    )


def _origin(call: Call, source: Chat, message: Message) -> dict[str, Any]:
    if source.type == "channel":
        chat = call.world.chat(source)
        return {"type": "channel", "date": int(message.date), "chat": chat, "message_id": message.id}
    if message.as_chat is not None:
        return {
            "type": "chat",
            "date": int(message.date),
            "sender_chat": call.world.chat(call.world.chats[message.as_chat]),
        }
    return {"type": "user", "date": int(message.date), "sender_user": call.world.user(message.sender_id)}


def copy_message(call: Call) -> Any:
    """`copyMessage`."""
    return {"message_id": _copy(call, call.get("message_id", 0)).id}


def _copy(call: Call, message_id: int) -> Message:
    source = chat_of(call, Access.READ, "from_chat_id")
    message = source.messages.get(message_id)
    if message is None:
        raise bad_request("message to copy not found")
    if message.service:
        raise bad_request("the message can't be copied")
    content = dict(message.content)
    if message.kind in CAPTIONED and call.params.get("caption") is not None:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        formatted = formatted_text(call.params["caption"], call.get("parse_mode"), call.get("caption_entities"))
        sendable_caption(formatted)
        content |= text_fields(formatted, "caption")
    return place(call, message.kind, content)


def forward_messages(call: Call) -> Any:
    """`forwardMessages`: skips what cannot be found (Bot API docs)."""
    return _each(call, _forward)


def copy_messages(call: Call) -> Any:
    """`copyMessages`: skips what cannot be found (Bot API docs)."""
    return _each(call, _copy)


def _each(call: Call, act: Callable[[Call, int], Message]) -> list[dict[str, int]]:
    ids = _identifiers(call)
    source = chat_of(call, Access.READ, "from_chat_id")
    found = [one for one in ids if (kept := source.messages.get(one)) is not None and not kept.service]
    if not found:
        raise bad_request(f"message to {'copy' if act is _copy else 'forward'} not found")
    return [{"message_id": act(call, one).id} for one in found]


def _identifiers(call: Call) -> list[int]:
    ids = call.get("message_ids", [])
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    return [int(one) for one in ids]


def delete_message(call: Call) -> Any:
    """`deleteMessage`."""
    chat = chat_of(call, Access.WRITE)
    message = message_of(call, chat, "delete")
    check_may_delete(call, chat, message)
    delete(call.world, message, by=call.world.bot.id, method=call.method)
    return True


def delete_messages(call: Call) -> Any:
    """`deleteMessages`: skips what it does not find; one that cannot be deleted fails the whole call (TDLib)."""
    ids = _identifiers(call)
    chat = chat_of(call, Access.WRITE)
    found = [chat.messages[one] for one in ids if one in chat.messages]
    for message in found:
        check_may_delete(call, chat, message)
    for message in found:
        delete(call.world, message, by=call.world.bot.id, method=call.method)
    return True


def check_may_delete(call: Call, chat: Chat, message: Message) -> None:
    """Own messages, others' with the right, anything in private; none older than 48 hours (Bot API docs, TDLib)."""
    own = message.sender_id == call.world.bot.id and message.as_chat is None
    allowed = chat.private or own or chat.member(call.world.bot.id).may("can_delete_messages")
    created = any(name.endswith("_created") and not name.startswith("group") for name in message.content)
    if not allowed or call.world.now() - message.date >= DELETE_LIMIT or (message.service and created):
        raise bad_request("message can't be deleted")


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendDice": send_dice,
    "sendChatAction": send_chat_action,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
