"""`kill -9` at chance moments under load and faults: every press has one effect, every notice is accounted for."""

from __future__ import annotations

import pytest

from sandbox.server import Sandbox
from tests.simulation.accounts import judged
from tests.simulation.killing import Killing
from tests.simulation.load import Crowd


async def killed(folder, kills, crowd, seed):
    """Kill so often; return what is not as it must be."""
    async with Sandbox(page=None, clock_file=folder / "clock", seed=seed) as sandbox:
        killing = Killing(sandbox, folder, crowd, seed)
        try:
            await killing.begin()
            while killing.kills < kills:
                await killing.cycle()
            tables = await killing.finish()
        finally:
            killing.child.close()
        assert killing.kills >= kills
        return list(judged(killing, tables)), killing.load.asked


async def test_six_kills_under_load_leave_every_press_with_one_effect_and_no_notice_lost(tmp_path):
    wrong, asked = await killed(tmp_path, 6, Crowd(people=12, days=10), seed=1)

    assert wrong == []
    assert len(asked.claimed) > 20


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 15))
async def test_a_hundred_kills_under_load_leave_every_press_with_one_effect_and_no_notice_lost(tmp_path, seed):
    wrong, asked = await killed(tmp_path, 100, Crowd(people=40, days=40), seed)

    assert wrong == []
    assert len(asked.claimed) > 400
