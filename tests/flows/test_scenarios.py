"""Every scenario, in both languages, through the real application."""

from pathlib import Path

import pytest

from sandbox.scenario.parse import read_scenario
from sandbox.scenario.run import Runner

HERE = Path(__file__).parent
SCENARIOS = sorted([*HERE.glob("*.scenario"), *(HERE.parents[1] / "sandbox" / "scenarios").glob("*.scenario")])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
async def test_the_scenario_holds(sandbox, stage, path, language):
    transcript = []
    runner = Runner(sandbox, read_scenario(path), language=language, stage=stage, write=transcript.append, patience=120)

    outcome = await runner.run()

    assert outcome.held, "\n".join([*transcript[-60:], str(outcome.failure)])
