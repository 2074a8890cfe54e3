"""Prepared weather."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Rows = tuple[dict[str, Any], ...]


def _mixture(share: float, *, longest_wait: int, held: float) -> Rows:
    """A bit of everything that leaves the bot a chance; `share` is how much of it, 1 being a bad day.

    The shares are those of the fault schedule in the project's notes on reliability (2 % refused with 429, 2 % 5xx …).
    """
    return (
        {"kind": "429", "method": "sendMessage", "probability": 0.02 * share, "retry_after": [1, longest_wait]},
        {"kind": "429", "method": "editMessageText", "probability": 0.02 * share, "retry_after": [1, longest_wait]},
        {"kind": "5xx", "probability": 0.02 * share, "code": [500, 502, 504]},
        {"kind": "refuse", "probability": 0.01 * share, "seconds": held / 2},
        {"kind": "timeout-before", "probability": 0.01 * share, "seconds": held},
        {"kind": "accepted-then-lost", "probability": 0.02 * share},
        {"kind": "reset", "probability": 0.01 * share, "done": True},
        {"kind": "bad-json", "probability": 0.005 * share, "done": True},
        {"kind": "slow", "probability": 0.05 * share, "seconds": held},
        {"kind": "duplicate", "probability": 0.03 * share},
        {"kind": "reorder", "probability": 0.03 * share},
        {"kind": "double-tap", "probability": 0.05 * share},
        {"kind": "expired-press", "probability": 0.01 * share},
    )


PRESETS: Mapping[str, Rows] = MappingProxyType(
    {
        "fair": (),
        "bad": _mixture(2.0, longest_wait=5, held=1.0),
        "storm": _mixture(6.0, longest_wait=30, held=3.0),
        "offline": (),
    },
)
