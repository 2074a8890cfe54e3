"""The text of a request: its `parse_mode` or its explicit entities, cleaned, measured and completed."""

from collections.abc import Callable
from typing import Any

from sandbox.entities.detect import with_detected
from sandbox.entities.html import parse_html
from sandbox.entities.markdown import parse_markdown, parse_markdown_v2
from sandbox.entities.text import Entity, Formatted, shows_nothing, utf16_length
from sandbox.errors import bad_request

MAX_ENTITIES = 100
MAX_RAW_BYTES = 1 << 15
_PARSERS: dict[str, Callable[[str], Formatted]] = {
    "html": parse_html,
    "markdownv2": parse_markdown_v2,
    "markdown": parse_markdown,
}
_FOUND_BY_ITSELF = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
}
_KNOWN = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}


def requested_text(text: str, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    """What a bot asks to be written, before its length is looked at.

    Raises `ApiError`: `message text is empty`, `text is too long` (raw text over 32 KiB), `unsupported parse_mode`
    (all server `get_formatted_text`), or what the parser of the markup refuses.
    """
    if not text:
        raise bad_request("message text is empty")
    return formatted_text(text, parse_mode, entities)


def formatted_text(text: str, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    """As `requested_text`, for captions, which may be empty."""
    if len(text.encode()) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    mode = (parse_mode or "").lower()
    if mode and mode != "none":
        if mode not in _PARSERS:
            raise bad_request("unsupported parse_mode")
        formatted = _PARSERS[mode](text)
    else:
        formatted = Formatted(text, [_explicit(text, entity) for entity in _marked(entities)])
    done = with_detected(formatted)
    return Formatted(done.text, done.entities[:MAX_ENTITIES])


def sendable_text(formatted: Formatted) -> None:
    """Refuse what cannot be a message: nothing to see, or over 4096 UTF-16 units.

    The texts are TDLib's. TDLib counts code points; the sandbox counts UTF-16 units, so that what passes
    here passes there.
    """
    if shows_nothing(formatted.text):
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > 4096:
        raise bad_request("message is too long")


def sendable_caption(formatted: Formatted, refusal: str = "message caption is too long") -> None:
    """Refuse a caption over 1024 UTF-16 units (TDLib; `MEDIA_CAPTION_TOO_LONG` on edits was seen)."""
    if utf16_length(formatted.text) > 1024:
        raise bad_request(refusal)


def _marked(entities: list[Entity] | None) -> list[Entity]:
    return [entity for entity in entities or [] if entity.get("type") not in _FOUND_BY_ITSELF]


def _explicit(text: str, entity: dict[str, Any]) -> Entity:
    """One explicit entity; source: server `get_text_entity_type` and TDLib `get_message_entities`."""
    if entity.get("type") not in _KNOWN:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    offset, length = int(entity["offset"]), int(entity["length"])
    if offset < 0 or length <= 0 or offset + length > utf16_length(text):
        end = offset + length
        text_ = f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
        raise bad_request(text_)
    return dict(entity)
