"""Nothing is swallowed, and everything is caught by its name."""

from __future__ import annotations

import ast

from tests.architecture.source import EVERYTHING, Source, callee, calls, sources

BROAD = {"Exception", "BaseException"}


def _names(node: ast.expr | None) -> set[str]:
    return {getattr(n, "id", getattr(n, "attr", "")) for n in ast.walk(node)} if node else BROAD


def _broad(source: Source) -> list[ast.ExceptHandler]:
    handlers = (n for n in source.nodes if isinstance(n, ast.ExceptHandler))
    return [h for h in handlers if _names(h.type) & BROAD]


def test_at_most_two_places_catch_everything() -> None:
    found = [s.at(h) for s in sources(*EVERYTHING) for h in _broad(s)]

    assert len(found) <= 2, found


def test_nothing_caught_broadly_is_swallowed() -> None:
    silent = (ast.Pass, ast.Continue, ast.Break)
    caught = [s.at(h) for s in sources(*EVERYTHING) for h in _broad(s) if all(isinstance(b, silent) for b in h.body)]
    suppressed = [
        s.at(c)
        for s in sources(*EVERYTHING)
        for c in calls(s)
        if callee(c) == "suppress" and any(_names(a) & BROAD for a in c.args)
    ]

    assert caught + suppressed == []


def test_types_are_ignored_at_most_three_times_and_by_their_code() -> None:
    marks = [
        f"{s.path}:{n}"
        for s in sources(*EVERYTHING)
        for n, line in enumerate(s.text.splitlines(), 1)
        if "# type: ignore" in line
    ]

    assert len(marks) <= 3, marks
