"""The stage: a sandbox with the real bot as its child, which scenarios and the page can stop and start."""

import asyncio
from collections.abc import Callable
from typing import Any

from sandbox.child import ChildBot
from sandbox.errors import ControlError
from sandbox.scenario.model import ScenarioError
from sandbox.server import Sandbox

READY_TIME = 120.0  # seconds that the bot may take to call for the first time; a small machine needs a while


class ManagedBot:
    """The bot that the sandbox started: what `/control/bot` tells and does, and what scenarios do to it.

    Args:
        sandbox: what the bot talks to.
        make_child: makes the process, not yet started, given what to do when it ends by itself.
        died: called with the exit code and the last lines of its log when it ends by itself.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        make_child: Callable[[Callable[[int], None]], ChildBot],
        *,
        died: Callable[[int, list[str]], None],
    ) -> None:
        self._sandbox = sandbox
        self._died = died
        self._child = make_child(self._ended_by_itself)

    @property
    def has_called(self) -> bool:
        """Whether the bot has shown a sign of life since it was started."""
        return self._sandbox.poller.last_poll is not None or bool(self._sandbox.webhook.url)

    def told(self) -> dict[str, Any]:
        """What `/control/bot` says."""
        return {
            "running": self._child.running,
            "managed": True,
            "polling": self._sandbox.poller.waiting,
            "webhook": self._sandbox.webhook.url or None,
            "log": self._child.last_lines(),
        }

    async def act(self, do: str) -> None:
        """`start`, `restart` or `kill` it. Raises `ControlError` for anything else."""
        match do:
            case "start" | "restart":
                await self._start_again()
            case "kill":
                await self.kill_bot()
            case _:
                raise ControlError("the bot can be started, restarted or killed: do is start, restart or kill")

    async def start(self) -> None:
        """Start it for the first time. Raises `OSError` when the program is not there."""
        await self._child.start()
        self._changed()

    async def stop(self) -> None:
        """Stop it in an orderly way."""
        await self._child.stop()

    async def restart_bot(self) -> None:
        """Stop it, start it, and wait until it calls."""
        await self._start_again()
        await self.until_called()

    async def kill_bot(self) -> None:
        """End it at once, as a power cut would."""
        await self._child.kill_bot()
        self._changed()

    async def until_called(self) -> None:
        """Wait for the bot's first sign of life, so that its patience is not the scenario's."""
        deadline = asyncio.get_running_loop().time() + READY_TIME
        while not self.has_called:
            if asyncio.get_running_loop().time() > deadline:
                raise ScenarioError(f"the bot did not call within {READY_TIME:.0f} seconds")
            await asyncio.sleep(0.05)

    async def _start_again(self) -> None:
        await self._child.stop()
        self._sandbox.poller.last_poll = None
        await self._child.start()
        self._changed()

    def _ended_by_itself(self, code: int) -> None:
        self._changed()
        self._died(code, self._child.last_lines())

    def _changed(self) -> None:
        self._sandbox.world.changed("bot", running=self._child.running)
