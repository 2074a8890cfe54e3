"""`parse_mode=HTML`: the parser of TDLib's `parse_html`, with its refusals word for word."""

import re
from dataclasses import dataclass

from sandbox.entities.links import entity_of_link, entity_of_time
from sandbox.entities.text import Entity, Formatted, utf16_length
from sandbox.errors import cannot_parse_entities

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "tg-emoji": "custom_emoji",
}
TAGS = frozenset(SIMPLE) | {"a", "tg-time"}
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_SPACES = " \t\r\n"


@dataclass
class OpenTag:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    at: int
    text_at: int


class HtmlParser:
    """One pass over one text; `parse` gives the plain text and its entities."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.plain: list[str] = []
        self.length = 0
        self.open: list[OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> Formatted:
        """Read everything. Raises `ApiError` 400 for markup that Telegram would refuse."""
        while self.at < len(self.markup):
            character = self.markup[self.at]
            if character == "<":
                if self.markup.startswith("</", self.at):
                    self._end_tag()
                else:
                    self._start_tag()
            elif character == "&":
                self._reference()
            else:
                following = re.compile(r"[^<&]+").match(self.markup, self.at)
                self._add(following[0] if following else character)
                self.at += len(following[0]) if following else 1
        if self.open:
            raise cannot_parse_entities(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return Formatted("".join(self.plain), self.entities)

    def _add(self, text: str) -> None:
        self.plain.append(text)
        self.length += utf16_length(text)

    def _byte(self, at: int) -> int:
        return len(self.markup[:at].encode())

    def _reference(self) -> None:
        found = _REFERENCE.match(self.markup, self.at)
        text = decoded(found) if found else ""
        if found and text:
            self._add(text)
            self.at = found.end()
        else:
            self._add("&")
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        found = re.compile(r"<([^\s>]*)").match(self.markup, begin)
        name = found[1].lower() if found else ""
        self.at = found.end() if found else begin + 1
        if self.at >= len(self.markup):
            raise cannot_parse_entities(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TAGS:
            raise cannot_parse_entities(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise cannot_parse_entities(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(OpenTag(name, attributes, self.length, len(self.plain)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                self.at += 1
                return attributes
            name, value = self._attribute(tag, begin)
            attributes[name] = value

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        found = re.compile(r"[^\s=>/\"']*").match(self.markup, self.at)
        name = found[0].lower() if found else ""
        place = f'the tag "{tag}" at byte offset {self._byte(begin)}'
        if self.at >= len(self.markup):
            raise cannot_parse_entities(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if not name:
            raise cannot_parse_entities(f"Empty attribute name in {place}")
        self.at += len(name)
        self._skip_spaces()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return name, "1"
            raise cannot_parse_entities(f"Expected equal sign in declaration of an attribute of {place}")
        self.at += 1
        self._skip_spaces()
        return name, self._attribute_value(tag, begin)

    def _attribute_value(self, tag: str, begin: int) -> str:
        quote = self._peek()
        if not quote:
            raise cannot_parse_entities(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        if quote not in "\"'":
            found = re.compile(r"[A-Za-z0-9.\-]*").match(self.markup, self.at)
            token = found[0] if found else ""
            start = self.at
            self.at += len(token)
            if self._peek() not in {*_SPACES, ">"}:
                raise cannot_parse_entities(f"Unexpected end of name token at byte offset {self._byte(start)}")
            return token.lower()
        end = self.markup.find(quote, self.at + 1)
        if end < 0:
            raise cannot_parse_entities(f"Unclosed start tag at byte offset {self._byte(begin)}")
        raw = self.markup[self.at + 1 : end]
        self.at = end + 1
        return _REFERENCE.sub(lambda found: decoded(found) or found[0], raw)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise cannot_parse_entities(f"Unexpected end tag at byte offset {self._byte(begin)}")
        found = re.compile(r"</([^\s>]*)\s*(>?)").match(self.markup, begin)
        if not found or not found[2]:
            raise cannot_parse_entities(f"Unclosed end tag at byte offset {self._byte(begin)}")
        tag, name = self.open.pop(), found[1].lower()
        if name and name != tag.name:
            raise cannot_parse_entities(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"',
            )
        self.at = found.end()
        if self.length > tag.at:
            self._close(tag)

    def _close(self, tag: OpenTag) -> None:
        place = {"offset": tag.at, "length": self.length - tag.at}
        covered = "".join(self.plain[tag.text_at :])
        if tag.name == "a":
            entity = entity_of_link(tag.attributes.get("href") or covered)
        elif tag.name == "tg-time":
            entity = entity_of_time(tag.attributes.get("unix", ""), tag.attributes.get("format", ""))
        else:
            entity = self._simple(tag, place)
        if entity is not None:
            self.entities.append({**entity, **place})

    def _simple(self, tag: OpenTag, place: dict[str, int]) -> Entity | None:
        language = tag.attributes.get("class", "")
        match tag.name:
            case "pre":
                return self._pre(place)
            case "code" if language.startswith("language-") and self.open and self.open[-1].name == "pre":
                return {"type": "code", "class": language.removeprefix("language-")}
            case "blockquote" if "expandable" in tag.attributes:
                return {"type": "expandable_blockquote"}
            case "tg-emoji":
                return {"type": "custom_emoji", "custom_emoji_id": tag.attributes.get("emoji-id", "0")}
            case _:
                return {"type": SIMPLE[tag.name]}

    def _pre(self, place: dict[str, int]) -> Entity:
        """A block; the language of a `code` that fills it becomes the block's."""
        inner = self.entities[-1] if self.entities else {}
        if inner.get("class") and _same(inner, place):
            return {"type": "pre", "language": self.entities.pop()["class"]}
        return {"type": "pre"}

    def _skip_spaces(self) -> None:
        while self._peek() and self._peek() in _SPACES:
            self.at += 1

    def _peek(self) -> str:
        return self.markup[self.at : self.at + 1]


def parse_html(markup: str) -> Formatted:
    """Plain text and entities of a text written for `parse_mode=HTML`; raises `ApiError` as Telegram refuses."""
    formatted = HtmlParser(markup).parse()
    for entity in formatted.entities:
        entity.pop("class", None)
    return formatted


def decoded(found: re.Match[str]) -> str:
    """The character that a reference such as `&lt;` or `&#33;` stands for; empty if none."""
    if found[3]:
        return REFERENCES[found[3]]
    code = int(found[1]) if found[1] else int(found[2], 16)
    valid = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if valid else ""


def _same(entity: Entity, place: dict[str, int]) -> bool:
    return bool(entity["offset"] == place["offset"] and entity["length"] == place["length"])
