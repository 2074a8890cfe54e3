"""Ten thousand people press at once for the last ten places, in a store of a hundred thousand records."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bot.community import Town, crowd, group, wanted_shift, write_store
from benchmarks.bot.presses import CALM, ours, write_script
from storage import FILE

MINUTE = 60.0
SETTLED = 25.0  # seconds after the last answer in which the card may still change


@dataclass(frozen=True, slots=True)
class Rush:
    """How it went: seconds until the last answer; most edits within a minute; CPU seconds; bytes before and after."""

    records: int
    people: int
    winners: int
    answered: int
    last: float
    edits: int
    cpu: float
    quiet: int
    busy: int


async def measure(folder: Path, town: Town, latency: float) -> Rush:
    """Let everybody press, and read from the store who has a place."""
    home = folder / "crowd"
    await asyncio.to_thread(write_store, home, town)
    records = sum(len(rows) for rows in _read(home).values())
    write_script(home / "presses", crowd(town))
    async with ours(home, latency) as bot:
        await asyncio.sleep(CALM)
        quiet, cpu = bot.program.memory(), bot.program.cpu()
        await bot.server.release(town.people)
        busy, cpu = bot.program.memory(), bot.program.cpu() - cpu
        await asyncio.sleep(SETTLED)
        seen = await bot.server.stats()
    places = [place for place in _read(home)["assignments"].values() if place["shift_id"] == wanted_shift(town)]
    winners = sum(place["hold"] == "on" for place in places)
    edits = most_within([at for at, chat in seen["edits"] if chat == group(0)], MINUTE)
    return Rush(records, town.people, winners, seen["answered"], seen["last"], edits, cpu, quiet, busy)


def most_within(instants: list[float], seconds: float) -> int:
    """Return the largest number of instants that lie within so many seconds."""
    return max((sum(first <= one < first + seconds for one in instants) for first in instants), default=0)


def _read(home: Path) -> dict[str, Any]:
    tables: dict[str, Any] = json.loads((home / FILE).read_bytes())
    return tables
