"""Names say what a thing is."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path, PurePath

import pytest

from tests.architecture.source import EVERYTHING, ROOT, Function, functions, sources

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "data", "info", "misc", "process", "common"}


def _words(name: str) -> set[str]:
    return {w.lower() for w in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def _tests() -> list[Path]:
    return sorted((ROOT / "tests").rglob("test_*.py"))


def test_no_module_or_class_bears_an_empty_name() -> None:
    modules = [s.path for s in sources(*EVERYTHING) if _words(PurePath(s.path).stem) & EMPTY_WORDS]
    classes = [
        s.at(n)
        for s in sources(*EVERYTHING)
        for n in s.nodes
        if isinstance(n, ast.ClassDef) and _words(n.name) & EMPTY_WORDS
    ]

    assert modules + classes == []


def test_every_module_says_what_it_is_for() -> None:
    assert [s.path for s in sources(*EVERYTHING, "tests") if not ast.get_docstring(s.tree)] == []


def _is_test(function: Function) -> bool:
    return function.name.startswith("test_")


def test_every_test_reads_as_a_sentence() -> None:
    """Its name has three words or more, or its docstring says it."""
    found = [
        f"{s.at(f)} {f.name}"
        for s in sources("tests")
        for f in functions(s)
        if _is_test(f) and len(f.name.split("_")) < 4 and not ast.get_docstring(f)
    ]

    assert found == []


def test_all_test_modules_have_names_of_their_own() -> None:
    """So that a failure named by its module alone is found at once."""
    names = Counter(path.name for path in _tests())

    assert [name for name, times in names.items() if times > 1] == []


def test_no_folder_of_tests_is_a_package() -> None:
    """A package tests/storage would hide the real one from its own tests, even in importlib mode."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.mark.parametrize("function", ["MagicMock", "AsyncMock", "Mock", "patch"])
def test_no_test_stands_on_a_mock(function: str) -> None:
    assert [s.path for s in sources("tests") if re.search(rf"\b{function}\(", s.text)] == []
