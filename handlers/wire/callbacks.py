"""Commands as the bytes of a button, and back: at most 64, with a version in front.

A payload is '<version><code>' and the fields, separated by '|'; the code is the sign of the command's family (a digit,
or nothing) and a letter. Payloads come back from strangers: whatever does not
read exactly as one of our commands is `Unreadable`, and one of an older version too.
"""

from __future__ import annotations

import re
from dataclasses import fields
from string import ascii_letters
from typing import get_type_hints

from bot.domain.commands import Command
from bot.domain.families import ALL_COMMANDS, FAMILIES

VERSION = "1"
LONGEST = 64  # bytes; Bot API, InlineKeyboardButton.callback_data
_PAYLOAD = re.compile(rf"{VERSION}(?P<code>[0-9]?[A-Za-z])(?P<fields>.*)", re.DOTALL)


class Unreadable(Exception):
    """These bytes are none of our buttons, or of one we no longer make."""


_CODES: dict[type[Command], str] = {
    kind: sign + letter
    for sign, family in FAMILIES.items()
    for letter, kind in zip(ascii_letters, family, strict=False)
}
_KINDS: dict[str, type[Command]] = {code: kind for kind, code in _CODES.items()}
_FIELDS: dict[type[Command], tuple[tuple[str, object, object], ...]] = {
    kind: tuple((f.name, get_type_hints(kind)[f.name], f.default) for f in fields(kind)) for kind in ALL_COMMANDS
}


def pack(command: Command) -> str:
    """Return the payload of a command. Raises ValueError if it does not fit."""
    parts = [_text(getattr(command, name), default) for name, _, default in _FIELDS[type(command)]]
    while parts and parts[-1] == "":
        parts.pop()
    payload = VERSION + _CODES[type(command)] + "|".join(parts)
    if len(payload.encode()) > LONGEST or any("|" in p for p in parts):
        raise ValueError(f"a button cannot carry {command}")
    return payload


def unpack(payload: str | None) -> Command:
    """Return the command in a payload. Raises Unreadable."""
    read = _PAYLOAD.fullmatch(payload or "")
    kind = _KINDS.get(read["code"]) if read else None
    if read is None or kind is None:
        raise Unreadable(payload)
    known = _FIELDS[kind]
    parts = read["fields"].split("|") if read["fields"] else []
    if len(parts) > len(known):
        raise Unreadable(payload)
    given = {name: _value(of, part) for (name, of, _), part in zip(known, parts, strict=False) if part != ""}
    try:
        command = kind(**given)
    except TypeError as error:
        raise Unreadable(payload) from error
    return command


def _text(value: object, default: object) -> str:
    if value == default and type(value) is type(default):
        return ""
    if isinstance(value, bool):
        return "y" if value else "n"
    return str(value)


def _value(kind: object, part: str) -> str | int | bool:
    if kind is bool:
        if part not in ("y", "n"):
            raise Unreadable(part)
        return part == "y"
    if kind is int:
        if not part.lstrip("-").isascii() or not part.lstrip("-").isdigit() or len(part) > 9:
            raise Unreadable(part)
        return int(part)
    return part
