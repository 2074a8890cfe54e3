"""Commands as the bytes of a button, and back: at most 64, with a version in front.

A payload is '<version><code>' and the fields, separated by '|'. Payloads come back from strangers: whatever does not
read exactly as one of our commands is `Unreadable`, and one of an older version too.
"""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

from bot.domain.commands import COMMANDS, Command

VERSION = "1"
LONGEST = 64  # bytes; Bot API, InlineKeyboardButton.callback_data
_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Unreadable(Exception):
    """These bytes are none of our buttons, or of one we no longer make."""


_CODES: dict[type[Command], str] = {kind: _DIGITS[n] for n, kind in enumerate(COMMANDS)}
_KINDS: dict[str, type[Command]] = {code: kind for kind, code in _CODES.items()}
_FIELDS: dict[type[Command], tuple[tuple[str, object, object], ...]] = {
    kind: tuple((f.name, get_type_hints(kind)[f.name], f.default) for f in fields(kind)) for kind in COMMANDS
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
    if not payload or payload[0] != VERSION or payload[1:2] not in _KINDS:
        raise Unreadable(payload)
    kind = _KINDS[payload[1]]
    known = _FIELDS[kind]
    parts = payload[2:].split("|") if len(payload) > 2 else []
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
