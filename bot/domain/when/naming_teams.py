"""A team's name in a line: `team: Night watch`, `队伍：夜班队`, up to a comma, the roles or the end of the line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from bot.domain.when.errors import Ambiguous, NotUnderstood
from bot.domain.when.parse import tidy_source

_MARK = re.compile(r"(?:\bteam|队伍|班组)\s*:\s*")
_END = re.compile(r"\s*[,;]|\s*(?:\broles?|岗位)\s*:")

D = TypeVar("D")


def apart_from_team(text: str, read: Callable[[str], D]) -> tuple[D, str]:
    """Read a line with `read`, and the name of the team in it; empty where it names none.

    Raises what `read` raises, and NotUnderstood where the word stands without a name.
    """
    source = tidy_source(text)
    mark = _MARK.search(source.folded)
    if mark is None:
        return read(text), ""
    end = _END.search(source.folded, mark.end())
    last = end.start() if end else len(source.folded)
    name = source.part(mark.end(), last).strip(" .。")
    if not name:
        raise NotUnderstood("", "team")
    rest = f"{source.part(0, mark.start())} {source.part(last, len(source.folded)).strip()}".strip()
    try:
        return read(rest), name
    except Ambiguous as error:
        rewrites = tuple(f"{words} team: {name}" for words in error.rewrites)
        raise Ambiguous(error.part, error.choices, rewrites) from None
