"""Presses: our whole bot with its store beside bots that answer, edit a message and keep nothing.

Every contestant is a program of its own with a stub of its own; in every round each gets the same number of presses,
one contestant after the other. Processor time is the whole program's, until half a second after the last answer.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bot.child import Program, Server, program, stub
from benchmarks.bot.community import Press, Town, presses, write_store

CALM = 0.5  # seconds after which the last press's trail is over


@dataclass(slots=True)
class Contestant:
    """A running bot and what was measured, a value a round: CPU seconds a press, presses a second, edits a press."""

    program: Program
    server: Server
    edits: bool
    cpu: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    edited: list[float] = field(default_factory=list)

    async def take(self, presses: int) -> None:
        """Handle so many presses."""
        before = self.program.cpu()
        await self.server.release(presses, edits=presses if self.edits else 0)
        seen = await self.server.stats()
        last = max([seen["last"], *(at for at, _ in seen["edits"] if self.edits)])
        await asyncio.sleep(CALM)
        self.cpu.append((self.program.cpu() - before) / presses)
        self.rate.append(presses / last)
        self.edited.append(len(seen["edits"]) / presses)

    def forget(self) -> None:
        """Forget what was measured."""
        self.cpu, self.rate, self.edited = [], [], []


def write_script(path: Path, these: Sequence[Press]) -> None:
    """Write presses for a stub."""
    path.write_text("\n".join(json.dumps(press) for press in these))


@asynccontextmanager
async def ours(folder: Path, latency: float = 0.0) -> AsyncIterator[Contestant]:
    """The whole bot as it is delivered, on a store and with presses that stand in the folder."""
    async with (
        stub("--latency", str(latency), "--script", str(folder / "presses")) as server,
        program("-m", "bot", "run", "--data", str(folder), "--base-url", server.root) as bot,
    ):
        await server.ready()
        yield Contestant(bot, server, edits=False)


@asynccontextmanager
async def rival(name: str, script: Path, latency: float, at_once: int) -> AsyncIterator[Contestant]:
    """One of `benchmarks.bot.rival`, perhaps with `+uvloop` behind its name."""
    kind, _, loop = name.partition("+")
    more = ["--uvloop"] if loop else []
    async with stub("--latency", str(latency), "--script", str(script)) as server:
        arguments = ("-m", "benchmarks.bot.rival", kind, server.root, "--at-once", str(at_once), *more)
        async with program(*arguments) as bot:
            await server.ready()
            yield Contestant(bot, server, edits=True)


def rivals() -> list[str]:
    """Return who takes part: those with uvloop only where it is installed."""
    names = ["stock", "aiogram"]
    return [*names, *(f"{name}+uvloop" for name in names)] if importlib.util.find_spec("uvloop") else names


async def measure(
    folder: Path, town: Town, counts: dict[str, int], *, latency: float, at_once: int, rounds: int
) -> dict[str, Contestant]:
    """Measure ours on a fresh store of that size beside all rivals; `counts`: presses a round."""
    home = folder / f"ours-{latency}"
    await asyncio.to_thread(write_store, home, town)
    write_script(home / "presses", list(presses(town)))
    async with AsyncExitStack() as stack:
        running = {"ours": await stack.enter_async_context(ours(home, latency))}
        for name in ["wire", *rivals()]:
            running[name] = await stack.enter_async_context(rival(name, home / "presses", latency, at_once))
        return await in_turn(running, counts, rounds)


async def measure_sizes(folder: Path, sizes: Sequence[int], count: int, rounds: int) -> dict[str, Contestant]:
    """Measure ours on stores of several sizes, in turn."""
    async with AsyncExitStack() as stack:
        running = {}
        for size in sizes:
            town, home = Town(size), folder / f"size-{size}"
            await asyncio.to_thread(write_store, home, town)
            write_script(home / "presses", list(presses(town)))
            running[str(size)] = await stack.enter_async_context(ours(home))
        return await in_turn(running, dict.fromkeys(running, count), rounds)


async def in_turn(running: dict[str, Contestant], counts: dict[str, int], rounds: int) -> dict[str, Contestant]:
    """Let everybody take presses in every round; the first, in which everybody warms up, does not count."""
    for number in range(rounds + 1):
        for name, contestant in running.items():
            await contestant.take(counts[name.partition("+")[0]])
            if number == 0:
                contestant.forget()
    return running
