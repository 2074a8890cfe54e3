"""Life cycles as tables: from each state to those that may follow. `docs.generate` draws every table named MOVES."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

S = TypeVar("S", bound=Enum)


def step(moves: Mapping[S | None, frozenset[S]], before: S | None, after: S) -> S:
    """Return the state that follows. Raises ValueError, a mistake of ours, for a move that the table does not have."""
    if after not in moves[before]:
        message = f"no move from {before} to {after}"
        raise ValueError(message)
    return after
