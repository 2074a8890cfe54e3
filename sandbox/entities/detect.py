"""What Telegram finds in a text by itself: commands, mentions, tags, links and addresses."""

import re

from sandbox.entities.text import Entity, Formatted, cleaned, entity_key, utf16_length

# Source: TDLib `find_entities`. A domain without a protocol needs a well-known ending; these few stand for the list.
_ENDINGS = "com|org|net|cn|uk|de|ru|me|io|app|dev|info|edu|gov|shop|xyz|eu|fr|jp|tv|ai|co|us|site|online"
_PATTERNS = (
    (
        "url",
        re.compile(
            rf"(?<![\w@.])(?:https?://[^\s<>\"]+|(?:[\w-]+\.)+(?:{_ENDINGS})\b(?:[/?#][^\s<>\"]*)?)(?!@)",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>])/([A-Za-z0-9_]{1,64})(?:@\w{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z]\w{2,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}\b(?!\w)")),
)
_CLOSED = {"code", "pre", "text_link", "text_mention", "mention", "url"}
_TRAILING = ".,:;!?'\")]}"


def with_detected(formatted: Formatted) -> Formatted:
    """The cleaned text with what Telegram finds in it, beside what was marked already."""
    clean = cleaned(formatted)
    if not re.search(r"[/@#$.]", clean.text):
        return clean
    entities = list(clean.entities)
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _CLOSED]
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(clean.text):
            entity = _entity(clean.text, kind, found)
            start, end = entity["offset"], entity["offset"] + entity["length"]
            if not any(start < other_end and other_start < end for other_start, other_end in taken):
                entities.append(entity)
                taken.append((start, end))
    return Formatted(clean.text, sorted(entities, key=entity_key))


def _entity(text: str, kind: str, found: re.Match[str]) -> Entity:
    covered = found[0].rstrip(_TRAILING) if kind == "url" else found[0]
    return {"type": kind, "offset": utf16_length(text[: found.start()]), "length": utf16_length(covered)}
