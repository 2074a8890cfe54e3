"""Every table of states is whole: it names every state, each can be reached, and each leads somewhere or ends."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from enum import Enum

import pytest

import bot.domain
from bot.domain.lifecycle import step

Moves = Mapping[Enum | None, frozenset[Enum]]


def tables() -> Iterator[tuple[str, Moves]]:
    """Every table named MOVES, by its module."""
    for module in pkgutil.walk_packages(bot.domain.__path__, "bot.domain."):
        table = getattr(importlib.import_module(module.name), "MOVES", None)
        if table is not None:
            yield module.name.rpartition(".")[2], table


EVERY = dict(tables())
every = pytest.mark.parametrize("moves", EVERY.values(), ids=EVERY)


def test_the_life_of_a_shift_is_told_by_tables() -> None:
    assert EVERY.keys() >= {
        "assignments", "attendance", "codes", "commitments", "cover", "handovers", "series", "shifts", "standby", "swaps",
    }  # fmt: skip


@every
def test_a_table_names_every_state_and_only_those(moves: Moves) -> None:
    kind = next(type(state) for state in moves if state is not None)

    assert moves.keys() == {None, *kind}
    assert {after for following in moves.values() for after in following} <= set(kind)


@every
def test_every_state_can_be_reached(moves: Moves) -> None:
    seen: set[Enum | None] = {None}
    while more := {after for state in seen for after in moves[state]} - seen:
        seen |= more

    assert seen == moves.keys()


@every
def test_a_move_that_is_not_in_the_table_is_a_mistake_of_ours(moves: Moves) -> None:
    for before, following in moves.items():
        for after in {state for state in moves if state is not None}:
            if after in following:
                assert step(moves, before, after) is after
            else:
                with pytest.raises(ValueError, match="no move from"):
                    step(moves, before, after)
