"""`parse_mode=MarkdownV2` and the old `Markdown`.

Refusals are word for word those of TDLib's `parse_markdown_v2` and `parse_markdown`.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sandbox.entities.links import entity_of_link, entity_of_time
from sandbox.entities.text import Entity, Formatted, utf16_length
from sandbox.errors import cannot_parse_entities

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code"}
_TDLIB_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


@dataclass
class OpenMark:
    """A mark that waits for its end; `sign` is what ends it."""

    kind: str
    sign: str
    at: int
    source: int
    text_at: int
    language: str = ""


class MarkdownV2Parser:
    """One pass over one text; `parse` gives the plain text and its entities."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.plain: list[str] = []
        self.length = 0
        self.open: list[OpenMark] = []
        self.entities: list[Entity] = []

    def parse(self) -> Formatted:
        """Read everything. Raises `ApiError` 400 for markup that Telegram would refuse."""
        while self.at < len(self.markup):
            self._step(self.markup[self.at])
        if self.open and self.open[-1].kind == "blockquote":
            self._close_quote()
        if self.open:
            mark = self.open[-1]
            offset = len(self.markup[: mark.source].encode())
            raise cannot_parse_entities(f"Can't find end of {_TDLIB_NAMES[mark.kind]} entity at byte offset {offset}")
        return Formatted("".join(self.plain), self.entities)

    def _step(self, character: str) -> None:
        mark = self.open[-1] if self.open else None
        following = self.markup[self.at + 1 : self.at + 2]
        if character == "\\" and following and "\x00" < following <= "~":
            self._add(following, 2)
        elif mark is not None and mark.sign and self._ends(mark):
            self._end(mark)
        elif mark is not None and mark.kind in {"code", "pre"}:
            self._add(character, 1)
        elif character == "\n":
            self._line_end(mark)
        elif character in RESERVED:
            self._begin(character)
        else:
            self._add(character, 1)

    def _add(self, text: str, consumed: int) -> None:
        self.plain.append(text)
        self.length += utf16_length(text)
        self.at += consumed

    def _ends(self, mark: OpenMark) -> bool:
        if mark.sign == "_" and self.markup.startswith("__", self.at):
            return False
        return self.markup.startswith(mark.sign, self.at)

    def _line_end(self, mark: OpenMark | None) -> None:
        in_quote = mark is not None and mark.kind == "blockquote"
        if in_quote and self.markup[self.at + 1 : self.at + 2] == ">":
            self._add("\n", 2)
            return
        if in_quote:
            self._close_quote()
        self._add("\n", 1)

    def _close_quote(self) -> None:
        mark = self.open.pop()
        if self.length > mark.at:
            self.entities.append({"type": "blockquote", "offset": mark.at, "length": self.length - mark.at})

    def _begin(self, character: str) -> None:
        line_start = self.at == 0 or self.markup[self.at - 1] == "\n"
        double = self.markup[self.at : self.at + 2]
        if self.markup.startswith("```", self.at):
            self._begin_pre()
        elif double in _MARKS:
            self._push(_MARKS[double], double, 2)
        elif character in _MARKS:
            self._push(_MARKS[character], character, 1)
        elif character == "[":
            self._push("text_link", "]", 1)
        elif double == "![":
            self._push("custom_emoji", "]", 2)
        elif character == ">" and line_start:
            self._push("blockquote", "", 1)
        else:
            raise cannot_parse_entities(
                f"Character '{character}' is reserved and must be escaped with the preceding '\\'",
            )

    def _begin_pre(self) -> None:
        found = re.compile(r"```([^\s`]*)\n?").match(self.markup, self.at)
        language = found[1] if found else ""
        whole = found[0] if found else "```"
        if not whole.endswith("\n"):
            language, whole = "", "```"
        self._push("pre", "```", len(whole))
        self.open[-1].language = language

    def _push(self, kind: str, sign: str, consumed: int) -> None:
        self.open.append(OpenMark(kind, sign, self.length, self.at, len(self.plain)))
        self.at += consumed

    def _end(self, mark: OpenMark) -> None:
        self.open.pop()
        self.at += len(mark.sign)
        entity: Entity | None = {"type": mark.kind}
        if mark.kind in {"text_link", "custom_emoji"}:
            entity = self._link(mark)
        elif mark.language:
            entity = {"type": "pre", "language": mark.language}
        if entity is not None and self.length > mark.at:
            self.entities.append({**entity, "offset": mark.at, "length": self.length - mark.at})

    def _link(self, mark: OpenMark) -> Entity | None:
        covered = "".join(self.plain[mark.text_at :])
        url = self._address() or ("" if mark.kind == "custom_emoji" else covered)
        if mark.kind == "text_link":
            return entity_of_link(url)
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        if url.startswith("tg://time"):
            return entity_of_time(query.get("unix", ""), query.get("format", ""))
        if url.startswith("tg://emoji"):
            return {"type": "custom_emoji", "custom_emoji_id": query.get("id", "0")}
        raise cannot_parse_entities("Custom emoji URL must have an emoji identifier")

    def _address(self) -> str:
        if self.markup[self.at : self.at + 1] != "(":
            return ""
        begin = self.at
        found = re.compile(r"\(((?:\\.|[^)\\])*)\)", re.DOTALL).match(self.markup, begin)
        if not found:
            offset = len(self.markup[:begin].encode())
            raise cannot_parse_entities(f"Can't find end of a URL at byte offset {offset}")
        self.at = found.end()
        return re.sub(r"\\(.)", r"\1", found[1])


def parse_markdown_v2(markup: str) -> Formatted:
    """Plain text and entities of a text written for MarkdownV2; raises `ApiError` as Telegram refuses."""
    return MarkdownV2Parser(markup).parse()


_OLD = re.compile(
    r"\\(?P<escaped>[_*`\[])"
    r"|```(?:(?P<language>[^\s`]+)\n)?(?P<pre>.*?)```"
    r"|\*(?P<bold>[^*]*)\*|_(?P<italic>[^_]*)_|`(?P<code>[^`]*)`"
    r"|\[(?P<link>[^\]]*)\](?:\((?P<url>[^)]*)\))?",
    re.DOTALL,
)


def parse_markdown(markup: str) -> Formatted:
    """Plain text and entities of the old Markdown, which knows no nesting; raises `ApiError` as Telegram refuses."""
    plain: list[str] = []
    entities: list[Entity] = []
    length = at = 0
    while at < len(markup):
        found = _OLD.match(markup, at)
        if found is None and markup[at] in "_*`[":
            offset = len(markup[:at].encode())
            raise cannot_parse_entities(f"Can't find end of the entity starting at byte offset {offset}")
        kind, text = _old_mark(found) if found else ("", markup[at])
        entity = _old_entity(kind, found) if found and kind else None
        if entity is not None and text:
            entities.append({**entity, "offset": length, "length": utf16_length(text)})
        plain.append(text)
        length += utf16_length(text)
        at = found.end() if found else at + 1
    return Formatted("".join(plain), entities)


def _old_mark(found: re.Match[str]) -> tuple[str, str]:
    if found["escaped"]:
        return "", found["escaped"]
    for kind in ("pre", "bold", "italic", "code", "link"):
        if found[kind] is not None:
            return kind, found[kind]
    return "", found[0]


def _old_entity(kind: str, found: re.Match[str]) -> Entity | None:
    if kind == "link":
        return entity_of_link(found["url"] or found["link"])
    if kind == "pre" and found["language"]:
        return {"type": "pre", "language": found["language"]}
    return {"type": kind}
