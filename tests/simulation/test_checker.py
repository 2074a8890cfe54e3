"""The checker finds bugs that were put into the bot on purpose; a checker that never complains proves nothing."""

from __future__ import annotations

import pytest

from tests.simulation.checker import violations
from tests.simulation.planted import PLANTED
from tests.simulation.town import HOUR
from tests.simulation.week import run_week

# Which promise is seen to be broken, by the number it has in the checker.
SEEN_AS = {
    "confirm before commit": "I14",
    "answer before commit": "I3",
    "drop the mark": "I4",
    "send again after a restart": "I6",
    "skip the capacity": "I1",
    "overlook overlaps": "I2",
    "let anybody": "I12",
    "repeat for ever": "I6",
    "owe nothing": "I4",
    "forget the cards": "cards",
}
AT_ONCE = (
    "confirm before commit",
    "answer before commit",
    "drop the mark",
    "send again after a restart",
    "skip the capacity",
)
MOST_SEEDS = 25


def caught(bug: str, seeds: range) -> bool:
    """Whether one of these towns shows the bug."""
    for seed in seeds:
        found = violations(run_week(seed, HOUR, spoil=PLANTED[bug]))
        if any(line.startswith(SEEN_AS[bug]) for line in found):
            return True
    return False


@pytest.mark.parametrize("bug", AT_ONCE)
def test_a_planted_bug_is_caught(bug):
    assert caught(bug, range(1, MOST_SEEDS))


@pytest.mark.soak
@pytest.mark.parametrize("bug", sorted(set(PLANTED) - set(AT_ONCE)))
def test_a_planted_bug_that_shows_seldom_is_caught_as_well(bug):
    assert caught(bug, range(1, MOST_SEEDS))
