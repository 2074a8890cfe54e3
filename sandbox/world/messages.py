"""Messages as the sandbox keeps them."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.entities.text import Formatted

CAPTIONED = ("photo", "video", "animation", "audio", "document", "voice")
KINDS = (
    "photo",
    "video",
    "animation",
    "audio",
    "document",
    "voice",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "sticker",
)


@dataclass
class Message:
    """One message.

    Attributes:
        sender_id: who wrote it: a person or the bot.
        as_chat: the chat on whose behalf it was written (an anonymous administrator, a channel), or None.
        content: the Bot API fields that are its content (`text`, `entities`, `photo`, `new_chat_members` …).
        markup: its inline keyboard as a Bot API object, or None.
        locked: sent with a reply keyboard or the like, so that it can never be edited (TDLib `can_edit_message`).
        reactions: emoji by the account that set it.
    """

    id: int
    chat_id: int
    sender_id: int
    date: float
    content: dict[str, Any]
    thread_id: int | None = None
    as_chat: int | None = None
    markup: dict[str, Any] | None = None
    reply_to: int | None = None
    edit_date: float | None = None
    version: int = 1
    service: bool = False
    silent: bool = False
    protected: bool = False
    locked: bool = False
    reached_bot: bool = True
    forwarded: dict[str, Any] | None = None
    album: str | None = None
    link_preview: dict[str, Any] | None = None
    reactions: dict[int, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`text`, `photo`, `location` … or `service`."""
        if self.service:
            return "service"
        return next((kind for kind in KINDS if kind in self.content), "text")

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """All inline buttons, row after row."""
        return [button for row in (self.markup or {}).get("inline_keyboard", []) for button in row]

    @property
    def formatted(self) -> Formatted:
        """The text or caption with its entities."""
        if "text" in self.content:
            return Formatted(self.content["text"], self.content.get("entities", []))
        return Formatted(self.content.get("caption", ""), self.content.get("caption_entities", []))


def text_fields(formatted: Formatted, name: str = "text") -> dict[str, Any]:
    """The content fields of a text (`name` "text") or a caption ("caption"); none when it is empty."""
    if not formatted.text:
        return {}
    fields: dict[str, Any] = {name: formatted.text}
    if formatted.entities:
        fields["entities" if name == "text" else "caption_entities"] = formatted.entities
    return fields
