"""The real program under load and faults, killed with `kill -9` at chance moments, and what must be so afterwards.

The sandbox runs in this process; the bot is what `python -m bot run` is, in a child that is killed and started anew.
Every press is made so that it must have an effect (`tests.simulation.load`).
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from random import Random
from typing import Any

from sandbox.server import Sandbox
from tests.sandbox.conftest import until
from tests.simulation.load import SETTLING, Crowd, Load
from tests.simulation.nursery import Nursery

SETTINGS = """
[delivery]
per_second = 200
per_chat_per_second = 50
per_group_per_minute = 600
"""
WEATHER: list[dict[str, Any]] = [
    {"kind": "429", "method": "sendMessage", "probability": 0.03, "retry_after": 1},
    {
        "kind": "5xx",
        "method": ["sendMessage", "editMessageText", "getUpdates"],
        "probability": 0.03,
        "code": [500, 502, 504],
    },
    {"kind": "accepted-then-lost", "method": ["sendMessage", "answerCallbackQuery"], "probability": 0.04},
    {"kind": "reset", "method": ["sendMessage", "getUpdates"], "probability": 0.02, "done": True},
    {"kind": "bad-json", "method": "sendMessage", "probability": 0.01, "done": True},
    {"kind": "slow", "method": "sendMessage", "probability": 0.05, "seconds": 0.2},
    {"kind": "duplicate", "probability": 0.05},
    {"kind": "double-tap", "probability": 0.05},
]
QUIET = 1.5  # seconds without a call after which the bot has done what it can


class Killing:
    """Starts the bot, loads it, kills it; again and again."""

    def __init__(self, sandbox: Sandbox, folder: Path, crowd: Crowd, seed: int) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.load = Load(sandbox, crowd, seed)
        self.rng = Random(seed + 1)
        self.kills = 0
        (folder / "config.toml").write_text(SETTINGS, encoding="utf-8")
        where = [
            "--base-url",
            sandbox.base_url,
            "--data",
            str(folder / "data"),
            "--clock-file",
            str(sandbox.clock.path),
        ]
        arguments = ["--config", str(folder / "config.toml"), "run", *where]
        self.child = Nursery(sandbox.token, folder / "bot.log", arguments)

    async def begin(self) -> None:
        """Set everything up, and let the weather turn."""
        self.load.settle_in()
        await self.start()
        await self.load.set_up()
        self.sandbox.control.faults(rules=WEATHER, seed=self.rng.randrange(10**9))

    async def start(self) -> None:
        """Start the bot and wait until it asks for updates."""
        self.sandbox.poller.last_poll = None
        self.child.start()
        await until(lambda: self.sandbox.poller.last_poll is not None)

    async def stop(self) -> None:
        """Stop the bot in order, which it does by talking to the sandbox."""
        await asyncio.to_thread(self.child.stop)

    async def cycle(self) -> None:
        """Load it, kill it at a chance moment, load it while it is dead, start it again."""
        number = self.kills
        if number % 8 == 2 and len(self.load.asked.cancelled) < self.load.crowd.days:
            self.load.fill_and_cancel(8)
        elif number % 8 >= 4:
            await self._cancel_when_settled()
        self.load.burst(3, 1)
        await asyncio.sleep(self.rng.uniform(0.0, 0.35))
        self.child.kill()
        self.kills += 1
        self.load.burst(2, 1)
        self.sandbox.clock.move(self.rng.uniform(0.0, 12.0))
        if self.rng.random() < 0.15:  # while it recovers, too
            self.child.start()
            await asyncio.sleep(self.rng.uniform(0.0, 0.6))
            self.child.kill()
            self.kills += 1
        await self.start()

    async def finish(self) -> dict[str, list[dict[str, Any]]]:
        """Let it finish in fair weather, stop it in order, and return its tables as stock TinyDB would read them."""
        self.sandbox.control.faults(preset="fair")
        await self._cancel_when_settled()
        told_ = await self.sandbox.control.settle(SETTLING)
        assert told_["settled"], told_
        for _ in range(2):  # what was cut off waits at the first start, and is sent at the second
            self.sandbox.control.clock(add=90)
            await self.stop()
            await self.start()
            await self._quiet()
        await self.stop()
        assert not self.child.by_itself, self.child.last_lines()
        tables = json.loads((self.folder / "data" / "muster.json").read_text(encoding="utf-8"))
        return {name: list(rows.values()) for name, rows in tables.items()}

    async def _cancel_when_settled(self) -> None:
        """Call off what was filled before, once everybody is on it: else some claims would rightly be refused."""
        if self.load.may_cancel:
            await self.sandbox.control.settle(SETTLING)
            self.load.cancel_now()

    async def _quiet(self) -> None:
        """Wait until the bot has called nothing but for updates for a while."""
        world = self.sandbox.world
        begun = world.steady()
        await until(lambda: world.steady() - max(begun, self.sandbox.dispatcher.last_end) > QUIET)
