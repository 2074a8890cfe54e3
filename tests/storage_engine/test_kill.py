"""Programs killed with `kill -9` at every step on the disk and at random moments, and opened again."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import pytest

from storage.recovery import read_store
from tests.storage_engine.faulty import Unsynced
from tests.storage_engine.test_damage import seen
from tests.storage_engine.workload import count_in, reopened, state_after

ROOT = Path(__file__).parents[2]
WAYS = ("kill_before", "kill_after", "kill_half")


class CrashServer:
    """The process that forks those that die."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.storage_engine.crash_server"]
        self._server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(
        self, path: Path, *, at: int = 0, fault: str = "", after: float = 0, let_live: int = 0, steps: int = 8
    ) -> dict:
        order = {"path": str(path), "at": at, "fault": fault, "after": after, "let_live": let_live, "steps": steps}
        order |= {"snapshots": [3, 20, 60], "real_disk": not fault}
        orders, answers = self._pipes()
        orders.write(json.dumps(order) + "\n")
        orders.flush()
        return json.loads(answers.readline())

    def stop(self) -> None:
        orders, answers = self._pipes()
        orders.close()
        self._server.wait()
        answers.close()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        return self._server.stdin, self._server.stdout


@pytest.fixture(scope="module")
def server() -> Iterator[CrashServer]:
    server = CrashServer()
    yield server
    server.stop()


async def judge(path: Path, acknowledged: int) -> int:
    """Open what the dead left: whole transactions, in order, and all that were acknowledged."""
    state = await reopened(path)
    assert state == state_after(count_in(state)), "some transaction is there in part"
    assert count_in(state) >= acknowledged, "an acknowledged transaction is gone"
    return count_in(state)


async def kill_at_each_step(server: CrashServer, directory: Path, fault: str, places: Iterable[int]) -> int:
    """Kill a new store at each place until the program is through before it comes; returns how many were killed."""
    kills = 0
    for at in places:
        path = directory / f"{fault}-{at}" / "store.json"
        path.parent.mkdir()
        outcome = server.run(path, at=at, fault=fault)
        if outcome["exit"] == 0:
            break
        assert outcome["exit"] == -signal.SIGKILL
        kills += 1
        await judge(path, outcome["acknowledged"])
    return kills


async def test_a_kill_at_a_step_on_the_disk_loses_nothing_acknowledged(server, tmp_path):
    kills = 0
    for place, fault in enumerate(WAYS):
        kills += await kill_at_each_step(server, tmp_path, fault, range(1 + 7 * place, 10_000, 21))
    assert kills > 5


async def test_a_store_killed_again_and_again_at_random_moments_keeps_every_word(server, tmp_path):
    await kill_at_random(server, tmp_path / "store.json", kills=8)


@pytest.mark.soak
@pytest.mark.parametrize("fault", WAYS)
async def test_a_kill_at_every_step_on_the_disk_loses_nothing_acknowledged(server, tmp_path, fault):
    assert await kill_at_each_step(server, tmp_path, fault, range(1, 10_000)) > 40


@pytest.mark.soak
async def test_two_thousand_kills_at_random_moments_lose_nothing_acknowledged(server, tmp_path):
    for store in range(20):
        (tmp_path / str(store)).mkdir()
        await kill_at_random(server, tmp_path / str(store) / "store.json", kills=100)


async def kill_at_random(server: CrashServer, path: Path, kills: int) -> None:
    """Kill one store again and again, also while it recovers; judge what lies there after every death.

    After every third it is opened and stopped in order, too; the others find what the dead left.
    """
    coin = random.Random(str(path.name))
    acknowledged = kept = 0
    for number in range(kills):
        let_live, after = coin.randrange(100) if number % 4 else 0, coin.uniform(0.0, 0.02)
        outcome = server.run(path, let_live=let_live, after=after, steps=100_000)
        assert outcome["exit"] == -signal.SIGKILL
        acknowledged = max(acknowledged, outcome["acknowledged"])
        reading = read_store(Unsynced(), path)
        assert not reading.findings
        kept = seen(reading)
        assert kept >= acknowledged, "an acknowledged transaction is gone"
        if number % 3 == 2 or number == kills - 1:
            assert await judge(path, acknowledged) == kept
    assert kept > kills, "they died before they did any work"
