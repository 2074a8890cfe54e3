"""Changing messages: text, caption, media, keyboard."""

from typing import Any

from sandbox.entities.requested import formatted_text, requested_text, sendable_caption
from sandbox.entities.text import utf16_length
from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of, message_of
from sandbox.methods.media import media_content
from sandbox.methods.polls import close_poll
from sandbox.world.chats import Chat
from sandbox.world.keyboards import check_buttons, read_markup
from sandbox.world.messages import CAPTIONED, Message, text_fields
from sandbox.world.posting import edit
from sandbox.world.render import message_object, poll_object

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def edit_message_text(call: Call) -> Any:
    """`editMessageText`; a text too long is `MESSAGE_TOO_LONG` on edits (seen)."""
    formatted = requested_text(call.get("text", ""), call.get("parse_mode"), call.get("entities"))
    markup, _, message = _target(call)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    if utf16_length(formatted.text) > 4096:
        raise bad_request("MESSAGE_TOO_LONG")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    return _apply(call, message, text_fields(formatted), markup)


def edit_message_caption(call: Call) -> Any:
    """`editMessageCaption`; a caption too long is `MEDIA_CAPTION_TOO_LONG` (seen)."""
    formatted = formatted_text(call.get("caption", ""), call.get("parse_mode"), call.get("caption_entities"))
    markup, _, message = _target(call)
    if message.kind not in CAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    sendable_caption(formatted, "MEDIA_CAPTION_TOO_LONG")
    content = {name: value for name, value in message.content.items() if name not in _CAPTION_FIELDS}
    if call.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return _apply(call, message, {**content, **text_fields(formatted, "caption")}, markup)


def edit_message_media(call: Call) -> Any:
    """`editMessageMedia`: a photo, video, document, audio or text becomes another (server, TDLib)."""
    content = media_content(call, call.get("media") or {})
    markup, _, message = _target(call)
    if message.kind not in {*CAPTIONED, "text"} or message.kind == "voice":
        raise bad_request("message media can't be edited")
    return _apply(call, message, content, markup)


def edit_message_reply_markup(call: Call) -> Any:
    """`editMessageReplyMarkup`; without `reply_markup` the keyboard goes."""
    markup, _, message = _target(call)
    return _apply(call, message, dict(message.content), markup)


def stop_poll(call: Call) -> Any:
    """`stopPoll`."""
    markup, _, message = _target(call, "poll can't be stopped")
    if message.kind != "poll":
        raise bad_request("message with poll to stop not found")
    poll = call.world.polls[message.content["poll"]["id"]]
    if poll.content["is_closed"]:
        raise bad_request("poll has already been closed")
    close_poll(call.world, poll)
    message.markup = markup
    edit(call.world, message, method=call.method)
    return poll_object(poll)


def _target(call: Call, refusal: str = "message can't be edited") -> tuple[dict[str, Any] | None, Chat, Message]:
    """The new keyboard and the message to change, in the server's order of checks."""
    if call.params.get("inline_message_id"):
        raise bad_request("sandbox: inline messages are not played")
    markup = read_markup(call.get("reply_markup"))
    chat = chat_of(call, Access.EDIT)
    message = message_of(call, chat, "edit")
    own = message.sender_id == call.world.bot.id
    if chat.type == "channel":
        own = own or chat.member(call.world.bot.id).may("can_edit_messages")
    if not own or message.service or message.locked or message.forwarded:
        raise bad_request(refusal)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    check_buttons(markup, private=chat.private)
    return markup, chat, message


def _apply(call: Call, message: Message, content: dict[str, Any], markup: dict[str, Any] | None) -> dict[str, Any]:
    """Change content and keyboard together; a keyboard left out is removed, no change at all is refused (server)."""
    options = call.get("link_preview_options")
    if content == message.content and markup == message.markup and options in (None, message.link_preview):
        raise bad_request(NOT_MODIFIED)
    message.content, message.markup = content, markup
    edit(call.world, message, method=call.method)
    return message_object(call.world, message)


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "stopPoll": stop_poll,
}
