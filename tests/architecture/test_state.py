"""What is remembered is in the store, and what time it is comes from the clock port."""

from __future__ import annotations

import ast

from tests.architecture.source import EVERYTHING, PRODUCT, callee, calls, sources

BAGS = {"user_data", "chat_data", "bot_data"}
CLOCKS = {"datetime", "date", "dt", "dtm", "time"}
READS_THE_MACHINE = {
    "bot/clock.py",
    "storage/lock.py",  # writes into the lock file since when it is held: for the operator, in the machine's own time
}


def _is_bag(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in BAGS


def test_the_framework_bags_are_not_used_as_a_database() -> None:
    assert [s.at(n) for s in sources(*PRODUCT) for n in s.nodes if _is_bag(n)] == []


def test_no_module_keeps_a_global_that_functions_write() -> None:
    assert [s.at(n) for s in sources(*EVERYTHING) for n in s.nodes if isinstance(n, ast.Global)] == []


def _asks_the_machine(call: ast.Call) -> bool:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = getattr(owner, "attr", getattr(owner, "id", ""))
    return name in CLOCKS and callee(call) in {"now", "today", "utcnow", "time", "time_ns"}


def test_nobody_makes_a_time_without_a_zone() -> None:
    timestamps = {"time", "time_ns"}
    found = [
        s.at(c)
        for s in sources(*EVERYTHING)
        for c in calls(s)
        if _asks_the_machine(c) and not c.args and not c.keywords and callee(c) not in timestamps
    ]

    assert found == []


def test_only_the_clock_asks_the_machine_for_the_time() -> None:
    found = [
        s.at(c) for s in sources(*PRODUCT) if s.path not in READS_THE_MACHINE for c in calls(s) if _asks_the_machine(c)
    ]

    assert found == []
