"""What happened in a simulated week, as it was seen from outside: on the disk, on people's telephones, in the log."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.engine import Change

# Names, telephone numbers and private words in the town are made so that they are known wherever they turn up.
NAMES = re.compile(r"Ku\d{3}vo")
PHONES = re.compile(r"\+86 139 0000 \d{4}")
WORDS = re.compile(r"zy\d{4}q")
PLACES = re.compile(r"Gate G\d{2}")


@dataclass
class Commit:
    """One transaction that reached the disk at `at` (virtual seconds); `rows` are (table, key, record or None)."""

    at: float
    cause: str
    rows: list[tuple[str, str, dict[str, Any] | None]]


@dataclass
class Press:
    """A button pressed, and the answer its presser saw, if any, `after` so many seconds; `lost`: the bot is not sure."""

    at: float
    query_id: str
    account: int
    chat: int
    data: str
    state: str
    text: str
    after: float | None


@dataclass
class History:
    """Everything a checker may look at. Times are virtual seconds unless said otherwise."""

    seed: int = 0
    token: str = ""
    start: float = 0.0  # Unix seconds at the beginning
    commits: list[Commit] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    confirmed: set[str] = field(default_factory=set)  # presses whose update the bot has confirmed
    attempted: set[str] = field(default_factory=set)  # presses that the bot has begun to answer
    pending: list[str] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    gone: frozenset[tuple[int, int]] = frozenset()
    started: dict[int, bool] = field(default_factory=dict)
    members: frozenset[int] = frozenset()
    strangers: frozenset[int] = frozenset()
    coordinators: frozenset[int] = frozenset()
    calm_since: float = 0.0
    ended: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)

    def witness(self, at: float, cause: str, changes: Sequence[Change]) -> None:
        """Take down a durable transaction."""
        rows = [(c.table, c.key, None if c.record is None else json.loads(c.record)) for c in changes]
        self.commits.append(Commit(at, cause, rows))

    def digest(self) -> str:
        """Return a short text that is the same for the same history."""
        told = [[c.at, c.cause, c.rows] for c in self.commits], [vars(p) for p in self.presses]
        seen = [[v["at"], v["chat_id"], v["message_id"], v["action"], v["text"]] for v in self.versions]
        return hashlib.sha256(json.dumps([told, seen], sort_keys=True).encode()).hexdigest()[:16]


class Ear:
    """Stands where the log is written to, hears every line at whatever level and keeps those that say too much."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.lines = 0
        secret = re.compile(re.escape(history.token.partition(":")[2]))
        self._forbidden = (NAMES, PHONES, WORDS, PLACES, secret)

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        if any(what.search(text) for what in self._forbidden) and len(self._history.leaks) < 20:
            self._history.leaks.append(text[:400])
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""
