"""Text as Telegram measures and keeps it."""

import re
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

_DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x09]")
_INVISIBLE = re.compile("[\\s\u00a0\u115f\u1160\u200b-\u200f\u2060-\u2064\u2800\u3000\u3164\ufeff]*")

PRIORITY = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "mention",
    "bot_command",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
)


@dataclass
class Formatted:
    """A text and what is marked in it; offsets and lengths are UTF-16 code units."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """How many UTF-16 code units the text has: the unit of every offset and length in the Bot API."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of the text that an entity covers (offset and length in UTF-16 code units)."""
    units = text.encode("utf-16-le")
    return units[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def shows_nothing(text: str) -> bool:
    """Whether a reader would see nothing: only blanks of any kind (TDLib `clean_input_string`)."""
    return _INVISIBLE.fullmatch(text) is not None


def entity_key(entity: Entity) -> tuple[int, int, int]:
    """The order in which Telegram lists entities: by start, longer first, outer kinds first (TDLib)."""
    kind = entity["type"]
    rank = PRIORITY.index(kind) if kind in PRIORITY else len(PRIORITY)
    return entity["offset"], -entity["length"], rank


def cleaned(formatted: Formatted) -> Formatted:
    """The text as Telegram keeps it: no control characters, no blanks at either end (TDLib `fix_formatted_text`).

    Entities are moved with the text; those left empty go.
    """
    text = _CONTROL.sub(" ", formatted.text)
    if _DROPPED.search(text):
        text, entities = _without_dropped(text, formatted.entities)
    else:
        entities = formatted.entities
    first = min((entity["offset"] for entity in entities if entity["length"] > 0), default=len(text))
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[lead:].rstrip(" \n")
    end = utf16_length(text)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        length = min(entity["length"], end - start)
        if length > 0:
            kept.append({**entity, "offset": start, "length": length})
    return Formatted(text, sorted(kept, key=entity_key))


def _without_dropped(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    positions = [utf16_length(text[: found.start()]) for found in _DROPPED.finditer(text)]
    moved = []
    for entity in entities:
        end = entity["offset"] + entity["length"]
        before = sum(1 for at in positions if at < entity["offset"])
        inside = sum(1 for at in positions if entity["offset"] <= at < end)
        moved.append({**entity, "offset": entity["offset"] - before, "length": entity["length"] - inside})
    return _DROPPED.sub("", text), moved
