"""What all sending methods share: where to, whether allowed, in reply to what, with which keyboard."""

from typing import Any

from sandbox.entities.requested import formatted_text, sendable_caption
from sandbox.errors import bad_request, forbidden
from sandbox.methods.call import Access, Call, chat_of
from sandbox.world.chats import Chat
from sandbox.world.keyboards import check_buttons, read_markup
from sandbox.world.messages import Message, text_fields
from sandbox.world.posting import post
from sandbox.world.render import message_object

# What TDLib calls each kind of content when it refuses it, and the permission it needs.
KINDS = {
    "text": ("text messages", "can_send_messages"),
    "photo": ("photos", "can_send_photos"),
    "video": ("videos", "can_send_videos"),
    "document": ("documents", "can_send_documents"),
    "voice": ("voice notes", "can_send_voice_notes"),
    "audio": ("audios", "can_send_audios"),
    "location": ("locations", "can_send_messages"),
    "venue": ("venues", "can_send_messages"),
    "contact": ("contacts", "can_send_messages"),
    "poll": ("polls", "can_send_polls"),
    "dice": ("dice", "can_send_other_messages"),
}


def send(call: Call, kind: str, content: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Send the content to where the call says and give back the message as a Bot API object."""
    return message_object(call.world, place(call, kind, content, **more))


def place(call: Call, kind: str, content: dict[str, Any], **more: Any) -> Message:
    """Check chat, topic, rights, reply and keyboard, in the server's order, then write the message."""
    markup = read_markup(call.get("reply_markup"))
    chat = chat_of(call, Access.WRITE)
    thread_id = thread_of(call, chat)
    reply_to = reply_of(call, chat)
    check_may_send(call, chat, kind, thread_id)
    check_buttons(markup, private=chat.private)
    inline = markup if markup and "inline_keyboard" in markup else None
    message = post(
        call.world,
        chat,
        call.world.bot.id,
        content,
        method=call.method,
        thread_id=thread_id,
        reply_to=reply_to,
        markup=inline,
        locked=markup is not None and inline is None,
        silent=bool(call.get("disable_notification", False)),
        protected=bool(call.get("protect_content", False)),
        **more,
    )
    chat.typing_until = 0.0
    if markup is not None and inline is None:
        show_reply_keyboard(call, chat, message, markup)
    return message


def thread_of(call: Call, chat: Chat) -> int | None:
    """The topic to write into; None for General and for chats without topics (server `check_message_topic`)."""
    thread_id = call.get("message_thread_id", 0)
    if not thread_id or not chat.is_forum:
        return None
    if thread_id not in chat.topics:
        raise bad_request("message thread not found")
    return int(thread_id)


def reply_of(call: Call, chat: Chat) -> int | None:
    """The message answered; 0 names none (server). Raises `message to be replied not found`."""
    parameters = call.get("reply_parameters") or {}
    message_id = parameters.get("message_id", 0)
    if not message_id:
        return None
    if "chat_id" in parameters and parameters["chat_id"] not in {chat.id, str(chat.id)}:
        raise bad_request("sandbox: replies across chats are not played")
    if message_id not in chat.messages:
        if parameters.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    quote = parameters.get("quote")
    if quote and quote not in chat.messages[message_id].formatted.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return int(message_id)


def check_may_send(call: Call, chat: Chat, kind: str, thread_id: int | None) -> None:
    """Whether the bot may send this kind of content here (TDLib `can_send_message_content`), topic closed or not."""
    member = chat.member(call.world.bot.id)
    if chat.private:
        if call.world.people[chat.id].is_bot:
            raise forbidden("the bot can't send messages to the bot")
    elif chat.type == "channel":
        if not member.may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
    else:
        name, permission = KINDS[kind]
        if not member.leads and not chat.allows(member, permission):
            raise bad_request(f"not enough rights to send {name} to the chat")
        if chat.closed_to(member, thread_id) and not chat.topics[thread_id or 0].by_bot:
            raise bad_request("TOPIC_CLOSED")


def caption_of(call: Call, source: dict[str, Any] | None = None) -> dict[str, Any]:
    """The caption's content fields, from the call or from an `InputMedia` object."""
    given = call.params if source is None else source
    formatted = formatted_text(given.get("caption") or "", given.get("parse_mode"), given.get("caption_entities"))
    sendable_caption(formatted)
    fields = text_fields(formatted, "caption")
    if fields and given.get("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def show_reply_keyboard(call: Call, chat: Chat, message: Message, markup: dict[str, Any]) -> None:
    """Put a reply keyboard (or its removal, or a force reply) before the people who are meant."""
    ids = [chat.id] if chat.private else [member.user_id for member in chat.present()]
    if markup.get("selective") and message.reply_to is not None:
        ids = [chat.messages[message.reply_to].sender_id]
    for person_id in ids:
        if "remove_keyboard" in markup:
            chat.reply_keyboards.pop(person_id, None)
        else:
            chat.reply_keyboards[person_id] = (message.id, markup)
    call.world.changed("chat", chat_id=chat.id)
