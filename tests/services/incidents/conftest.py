"""A coordinator and two volunteers to whom the bot may write, and ids that look like those of reports."""

from itertools import count

import pytest

from tests.services.conftest import NumberedIds


@pytest.fixture
def ids():
    return NumberedIds(count(5000))


@pytest.fixture
async def boss(town, chen):
    """The coordinator, to whom the bot may write."""
    return await town.reachable(1, "Chen Guihua")


@pytest.fixture
async def li(town, boss):
    return await town.reachable(2, "Li Na")


@pytest.fixture
async def wang(town, boss):
    return await town.reachable(3, "Wang")
