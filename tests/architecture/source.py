"""The project's own source, read once and parsed, for the tests that judge its form."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PRODUCT = ("bot", "handlers", "storage")
EVERYTHING = (*PRODUCT, "sandbox")
BRANCHES = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.BoolOp, ast.IfExp, ast.comprehension,
    ast.match_case,
)  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its path from the project's folder, its text, its tree, and all the tree's nodes."""

    path: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    @property
    def lines(self) -> int:
        """How long the file is."""
        return self.text.count("\n")

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor understands it."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


def sources(*roots: str) -> tuple[Source, ...]:
    """Read every Python file below these folders, each once."""
    return tuple(_source(path) for root in roots for path in sorted((ROOT / root).rglob("*.py")))


@cache
def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return Source(path.relative_to(ROOT).as_posix(), text, tree, tuple(ast.walk(tree)))


def functions(source: Source) -> Iterator[Function]:
    """Every function and method of a file, nested ones too."""
    return (n for n in source.nodes if isinstance(n, Function))


def span(node: ast.stmt) -> int:
    """How many lines a function takes, its docstring included."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def branches(node: ast.AST) -> int:
    """How many ways lead through a function: one, and one more for each place where they part."""
    return 1 + sum(isinstance(n, BRANCHES) for n in ast.walk(node))


def callee(call: ast.Call) -> str:
    """The last name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls(source: Source) -> Iterator[ast.Call]:
    """Every call of a file."""
    return (n for n in source.nodes if isinstance(n, ast.Call))
