"""A text with entities as safe HTML for the page."""

from html import escape

from sandbox.entities.text import Entity, Formatted, utf16_slice

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def to_html(formatted: Formatted) -> str:
    """Entities become tags, everything else is escaped, line ends become `<br>`."""
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for entity in formatted.entities:
        opening, closing = _tags(formatted.text, entity)
        starts.setdefault(entity["offset"], []).append(opening)
        ends.setdefault(entity["offset"] + entity["length"], []).insert(0, closing)
    parts: list[str] = []
    at = 0
    for character in formatted.text:
        parts += ends.get(at, [])
        parts += starts.get(at, [])
        parts.append("<br>" if character == "\n" else escape(character))
        at += 2 if character > "\uffff" else 1
    parts += ends.get(at, [])
    return "".join(parts)


def _tags(text: str, entity: Entity) -> tuple[str, str]:
    kind = entity["type"]
    covered = utf16_slice(text, entity["offset"], entity["length"])
    if tag := _TAGS.get(kind):
        return f"<{tag}>", f"</{tag}>"
    if kind == "spoiler":
        return '<span class="spoiler">', "</span>"
    if kind == "date_time":
        return f'<time data-unix="{int(entity["unix_time"])}">', "</time>"
    if attribute := _attribute(kind, covered, entity):
        return f"<a {attribute}>", "</a>"
    return "", ""


def _attribute(kind: str, covered: str, entity: Entity) -> str:
    if kind in {"url", "text_link"}:
        url = str(entity.get("url") or covered)
        return f'href="{escape(url if "://" in url or ":" in url else f"http://{url}")}"'
    if kind == "email":
        return f'href="mailto:{escape(covered)}"'
    if kind == "bot_command":
        return f'data-command="{escape(covered)}"'
    if kind in {"mention", "text_mention"}:
        user = entity.get("user") or {}
        return f'data-mention="{escape(str(user.get("id", covered)))}"'
    return ""
