"""Files and functions fit one screen."""

from __future__ import annotations

import pytest

from tests.architecture.source import EVERYTHING, branches, functions, sources, span


@pytest.mark.parametrize(
    ("roots", "most"),
    [(("handlers",), 200), (EVERYTHING, 300), (("tests", "benchmarks", "docs"), 300)],
    ids=["handlers", "everything", "tests"],
)
def test_no_file_is_longer_than_its_limit(roots: tuple[str, ...], most: int) -> None:
    assert [f"{s.path} {s.lines}" for s in sources(*roots) if s.lines > most] == []


def test_no_function_is_longer_than_45_lines() -> None:
    found = [(s.at(f), f.name, span(f)) for s in sources(*EVERYTHING) for f in functions(s)]

    assert [f for f in found if f[2] > 45] == []


def test_nine_functions_of_ten_fit_22_lines() -> None:
    lengths = sorted(span(f) for s in sources(*EVERYTHING) for f in functions(s))

    assert lengths[int(len(lengths) * 0.9)] <= 22


def test_no_function_parts_into_more_than_ten_ways() -> None:
    found = [(s.at(f), f.name, branches(f)) for s in sources(*EVERYTHING) for f in functions(s)]

    assert [f for f in found if f[2] > 10] == []
