"""What every test may count on: no token of the machine's leaks in, and properties are tried the same way everywhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Two workers share two cores: a deadline would measure the neighbour, and a database on disk would tie runs together.
settings.register_profile(
    "muster",
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("muster")


@pytest.fixture(autouse=True, scope="session")
def _no_secrets() -> None:
    """Tests never meet a real bot: whatever the machine's environment says of one is taken away."""
    for name in [n for n in os.environ if n.startswith(("BOT_", "MUSTER_"))]:
        del os.environ[name]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).parent.parent
