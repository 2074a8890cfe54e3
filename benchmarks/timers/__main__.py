"""`python -m benchmarks.timers`: what planning, cancelling and looking for the next timer cost, by how many wait.

Two stores take turns in every round, so that a busy machine is busy for both. The disk is a real file without the wait
for it. Writes nothing but temporary files.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.store.ours import NoWaiting
from bot.domain.ids import CommunityId, PersonId
from bot.domain.policies import SHIFT_REMINDER
from bot.domain.timers import Timer, new_timer
from bot.services.timetable import end, plan
from storage.records import ALL_TABLES
from storage.store import EngineStore
from storage.tinydb_engine import TinyDBEngine

NOW = datetime(2026, 12, 1, tzinfo=UTC)
SMALL, LARGE = 1_000, 100_000
PEOPLE = 10_000
BATCH = 100
WANTED = 1.2

Task = Callable[[EngineStore, int], Awaitable[None]]


def reminder(number: int) -> Timer:
    """Return one of many timers, spread over three weeks."""
    subject = f"c-{number:06d}:p{number % PEOPLE}"
    due = NOW + timedelta(days=1, minutes=number * 7919 % 30_000)
    facts = {"shift_id": f"c-{number:06d}", "start": (due + timedelta(hours=13)).isoformat()}
    person = PersonId(f"p{number % PEOPLE}")
    return new_timer(SHIFT_REMINDER, CommunityId("c"), subject, due, person_id=person, useful_until=due, **facts)


async def filled(path: Path, size: int) -> EngineStore:
    """Return a store with so many pending timers."""
    store = EngineStore(await TinyDBEngine.open(path, ALL_TABLES, files=NoWaiting()))
    for first in range(0, size, 1000):
        async with store.transaction() as tx:
            await plan(tx, [reminder(n) for n in range(first, first + 1000)], NOW)
    return store


async def planning(store: EngineStore, number: int) -> None:
    async with store.transaction() as tx:
        await plan(tx, [reminder(number)], NOW)


async def cancelling(store: EngineStore, number: int) -> None:
    async with store.transaction() as tx:
        await end(tx, reminder(number).subject, NOW, "ShiftReleased")


async def looking(store: EngineStore, number: int) -> None:  # noqa: ARG001 (every task gets a number)
    async with store.reading() as tx:
        await tx.timers.next_due()
        await tx.timers.due(NOW, 32)


TASKS: dict[str, Task] = {"planning one": planning, "cancelling one": cancelling, "looking what is next": looking}


async def batch(task: Task, store: EngineStore, first: int) -> float:
    """Return the microseconds of one task."""
    started = time.process_time()
    for number in range(first, first + BATCH):
        await task(store, number)
    return (time.process_time() - started) / BATCH * 1e6


async def measure(directory: Path, rounds: int) -> dict[str, dict[int, list[float]]]:
    """Return the times of every task at both sizes, a number a round."""
    stores = {size: await filled(directory / f"{size}.json", size) for size in (SMALL, LARGE)}
    times: dict[str, dict[int, list[float]]] = {name: {SMALL: [], LARGE: []} for name in TASKS}
    for round_number in range(rounds):
        # What is planned in a round is cancelled in it, so that as many are pending in the next.
        first = 500_000 + round_number * BATCH
        for name, task in TASKS.items():
            for size in (SMALL, LARGE) if round_number % 2 else (LARGE, SMALL):
                times[name][size].append(await batch(task, stores[size], first))
    for store in stores.values():
        await store.close()
    return times


async def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.timers", description=__doc__)
    reader.add_argument("--rounds", type=int, default=40, help="paired rounds (medians are taken over them)")
    reader.add_argument("--directory", type=Path, default=Path(), help="where the temporary files go")
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.directory, prefix=".benchmark-") as temporary:
        times = await measure(Path(temporary), chosen.rounds)
    for name, at in times.items():
        small, large = statistics.median(at[SMALL]), statistics.median(at[LARGE])
        ratio = statistics.median(b / a for a, b in zip(at[SMALL], at[LARGE], strict=True))
        verdict = "ok  " if ratio <= WANTED else "MISS"
        measured = f"{ratio:.2f}x ({small:.0f} → {large:.0f} µs of CPU)"
        print(f"{verdict} | {name}, {SMALL:,} → {LARGE:,} pending".ljust(56), f"| {measured:<36} | ≤ {WANTED}x")


if __name__ == "__main__":
    asyncio.run(main())
