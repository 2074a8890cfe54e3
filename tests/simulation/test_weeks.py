"""Whole towns use the real bot for a while, in virtual time and bad weather, and every promise is held to afterwards."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = 50


def played(root: Path, *arguments: str) -> tuple[int, str]:
    """Play seeds in a program of their own; returns its exit code and what it said."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.simulation", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr[-4000:]


def test_two_hurried_towns_see_every_promise_kept(root):
    code, said = played(root, "--hour", "1", "2")
    assert code == 0, said


@pytest.mark.soak
def test_the_same_seed_plays_the_same_town(root):
    _, said = played(root, "--hour", "1", "2", "1")
    first, second, again = re.findall(r"^seed \d+: (\w{16})", said, re.MULTILINE)
    assert first == again
    assert first != second


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_a_week_of_300_people_at_40_posts_sees_every_promise_kept(root, seed):
    code, said = played(root, str(seed))
    print(said)
    assert code == 0, said


@pytest.mark.soak
def test_two_hundred_hurried_towns_see_every_promise_kept(root):
    code, said = played(root, "--hour", *map(str, range(100, 300)))
    print(said)
    assert code == 0, said
