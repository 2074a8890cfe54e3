"""Entities that carry an address: links, mentions by id and moments in time."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.entities.text import Entity
from sandbox.errors import cannot_parse_entities

_SCHEMED = re.compile(r"^(https?|ftp|tg|tonsite|mailto|tel):", re.IGNORECASE)
_HOST = re.compile(r"^[^\s/?#@]+\.[^\s/?#@.]{2,}$|^localhost$|^\d+\.\d+\.\d+\.\d+$")


def checked_url(url: str) -> str | None:
    """The address as Telegram keeps it, or None when it is not one (TDLib `LinkManager::check_link`)."""
    url = url.strip()
    if re.match(r"^tg:(//)?\w", url, re.IGNORECASE) or re.match(r"^(mailto|tel):.", url, re.IGNORECASE):
        return url
    complete = url if _SCHEMED.match(url) else f"http://{url}"
    try:
        parts = urlsplit(complete)
        host = parts.hostname or ""
    except ValueError:
        return None
    if not _HOST.match(host) or host == "localhost":
        return None
    return complete if parts.path or parts.query or parts.fragment else f"{complete}/"


def entity_of_link(url: str) -> Entity | None:
    """A `text_link`, or a `text_mention` for `tg://user?id=N` (its user is filled in later); None drops it."""
    if found := re.match(r"^tg:(?://)?user/?\?id=(\d+)", url):
        return {"type": "text_mention", "user": {"id": int(found[1])}}
    checked = checked_url(url)
    return None if checked is None else {"type": "text_link", "url": checked}


def entity_of_time(unix: str, layout: str) -> Entity:
    """A `date_time` (Bot API 9.5) from the attributes of `<tg-time>`."""
    if not re.fullmatch(r"-?\d+", unix) or int(unix) <= 0:
        raise cannot_parse_entities("Invalid date specified")
    if not re.fullmatch(r"r|R|[tTdDwW]*", layout):
        raise cannot_parse_entities("Invalid date-time format specified")
    day = next((letter for letter in "dD" if letter in layout), "")
    clock = next((letter for letter in "tT" if letter in layout), "")
    written = "r" if layout in {"r", "R"} else ("w" if "w" in layout.lower() else "") + day + clock
    return {"type": "date_time", "unix_time": int(unix), "date_time_format": written}


def start_parameters(url: str, username: str) -> dict[str, str] | None:
    """What a link to the bot asks for: {'start': x}, {'startgroup': x} or {}; None if it is no link to that bot.

    Read as TDLib's `LinkManager` does: `t.me/<bot>`, `telegram.me/<bot>` or `tg://resolve?domain=<bot>`.
    """
    parts = urlsplit(url if "://" in url else f"https://{url}")
    query: dict[str, Any] = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if parts.scheme == "tg" and parts.netloc == "resolve":
        name = query.pop("domain", "")
    elif (parts.hostname or "") in {"t.me", "telegram.me", "telegram.dog"}:
        name = parts.path.strip("/")
    else:
        return None
    return query if name.lower() == username.lower() else None
