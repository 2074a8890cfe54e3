"""The real program in processes of its own: two at once, killed ones, and disks that fail while people press."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.child import ChildBot
from sandbox.scenario.parse import read_scenario
from sandbox.scenario.run import Runner
from sandbox.server import TOKEN, Sandbox
from tests.sandbox.conftest import until

ROOT = Path(__file__).parents[2]
PATIENCE = 120


class Program:
    """One bot on one folder; `log` is everything it wrote."""

    def __init__(self, sandbox, folder, log, *before):
        words = [sys.executable, "-m", *(before or ["bot"]), "run", "--base-url", sandbox.base_url, "--data"]
        self.codes: list[int] = []
        self._log = log
        where = {"PYTHONPATH": str(ROOT)}
        command = [*words, str(folder)]
        self.child = ChildBot(lambda: command, TOKEN, log, died=self.codes.append, environment=where)

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def process(self) -> int:
        return self.child._process.pid

    async def start(self):
        """Start it and wait until it runs, or has ended."""
        seen = self.log.count("Muster is running")
        await self.child.start()
        await until(lambda: bool(self.codes) or self.log.count("Muster is running") > seen)

    async def ended(self):
        """Wait for its own end; returns the exit code."""
        await until(lambda: bool(self.codes))
        return self.codes.pop()


@pytest.fixture
async def sandbox():
    async with Sandbox(page=None) as running:
        yield running
    assert running.bugs == []


@pytest.fixture
async def program(sandbox, tmp_path):
    """Makes programs, and ends them all."""
    made = []

    def make(folder, *before):
        made.append(Program(sandbox, folder, tmp_path / f"{len(made)}.log", *before))
        return made[-1]

    yield make
    for one in made:
        await one.child.kill_bot()


@pytest.fixture
def li_and_wang(sandbox, tmp_path):
    """Plays that two people come and one of them starts the bot and sees some words."""

    async def play(words):
        path = tmp_path / "two.scenario"
        path.write_text(f'person Li, 31, volunteer\nperson Wang, 67, volunteer\nLi starts the bot\nLi sees "{words}"\n')
        outcome = await Runner(sandbox, read_scenario(path), patience=PATIENCE).run()
        assert outcome.held, outcome.failure

    return play


async def test_a_second_start_says_who_holds_the_store_and_a_killed_holder_is_no_obstacle(sandbox, program, tmp_path):
    first, second = program(tmp_path / "data"), program(tmp_path / "data")
    await first.start()

    await second.child.start()
    assert await second.ended() == 1
    assert re.search(rf"in use by process {first.process} on \S+, since 20\d\d-\S+", second.log)
    assert "stop that one first" in second.log
    assert "Traceback" not in second.log
    assert first.codes == []

    await first.child.kill_bot()
    await second.start()
    assert f"took over the lock of process {first.process}" in second.log
    await second.child.stop()
    assert "Muster has stopped" in second.log


async def test_after_a_failed_fsync_people_are_told_before_it_stops_and_the_next_start_does_what_was_left(
    sandbox, program, li_and_wang, tmp_path
):
    switch = tmp_path / "broken"
    bot = program(tmp_path / "data", "tests.command_line.breakable_bot", str(switch))
    await bot.start()
    await li_and_wang("Li")

    sandbox.control.people(name="Zhao")
    switch.touch()
    sandbox.control.start("Wang")
    sandbox.control.start("Zhao")

    assert await bot.ended() == 1
    for person in ("Wang", "Zhao"):
        assert hears(sandbox, person, "Not done: I cannot save anything just now, and the operator has to look")
    assert "the disk refused a write: [Errno 5]" in bot.log
    assert "Traceback" not in bot.log
    assert not hears(sandbox, "Wang", "Wang")

    switch.unlink()
    await bot.start()
    await until(lambda: hears(sandbox, "Wang", "Wang"))
    await bot.child.stop()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of sixteen megabytes, where this machine lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "none", disk], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


async def test_on_a_full_disk_people_are_told_the_bot_stops_and_with_room_again_it_does_what_was_left(
    sandbox, program, li_and_wang, small_disk
):
    bot = program(small_disk / "data")
    await bot.start()
    filler = small_disk / "filler"
    fill(filler)

    await li_and_wang("I cannot save anything just now")
    assert await bot.ended() == 1
    assert "No space left on device" in bot.log
    assert "Traceback" not in bot.log
    assert not (small_disk / "data" / "muster.json.reserve").exists()
    sandbox.control.start("Wang")

    filler.unlink()
    await bot.start()
    await until(lambda: hears(sandbox, "Wang", "Wang"))
    await bot.child.stop()
    stored = (small_disk / "data" / "muster.json").read_text(encoding="utf-8")
    assert '"name":"Li"' in stored
    assert '"name":"Wang"' in stored
    assert (small_disk / "data" / "muster.json.reserve").exists()


def fill(path):
    """Take every byte that is left."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


def hears(sandbox, name, words):
    """Whether the bot has written these words to that person."""
    person = sandbox.control.find_person(name)
    chat = sandbox.world.chats.get(person.id)
    messages = chat.messages.values() if chat else ()
    return any(one.sender_id != person.id and words in one.content.get("text", "") for one in messages)
