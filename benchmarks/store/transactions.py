"""What a claim costs as the product makes it: one transaction of the store's port, by the number of shifts kept.

Read the shift, who is on it and what the person holds; check by the house's rules; save the place, the mark of the
cause and the answer to it; keep six indexes in step. The disk is written to and not waited for.
"""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.bot.community import Town, write_store
from benchmarks.store.ours import NoWaiting
from bot.domain import shifts
from bot.domain.assignments import Hold
from bot.domain.ids import PersonId, ShiftId
from storage import FILE
from storage.records import ALL_TABLES
from storage.store import EngineStore
from storage.tinydb_engine import TinyDBEngine

BATCH = 200
AROUND = timedelta(hours=24)


async def opened(folder: Path, town: Town) -> EngineStore:
    """Return a store of the product's own records; one made for this size is written first."""
    write_store(folder, town)
    return EngineStore(await TinyDBEngine.open(folder / FILE, ALL_TABLES, files=NoWaiting(), reserve=0))


def picks(town: Town, seed: int) -> Iterator[tuple[ShiftId, PersonId]]:
    """Any shift, and somebody who was never there before."""
    chance, turn = random.Random(seed), 0
    while True:
        turn += 1
        community, checkpoint = chance.randrange(town.communities), chance.randrange(8)
        shift = ShiftId(f"c{community:05d}-{checkpoint}x{chance.randrange(town.times):06d}")
        yield shift, PersonId(f"v{chance.randrange(town.people):06d}-{turn}")


async def claim(store: EngineStore, shift_id: ShiftId, person: PersonId) -> None:
    """One claim, as `bot.services.shifts` makes it, without its cards, notices and log."""
    cause = f"123456:q{shift_id}:{person}"
    async with store.transaction(cause) as tx:
        assert await tx.earlier(str) is None
        shift = await tx.shifts.one(shift_id)
        roster = await tx.assignments.roster(shift_id)
        held = await tx.assignments.of_person(person, Hold.ON, shift.start - AROUND, shift.end)
        now = shift.start - timedelta(hours=1)
        placed, _ = shifts.claim(shift, roster, person, held, turn=tx.turn(), now=now)
        await tx.assignments.save(placed)
        await tx.remember("claimed", datetime.now(UTC))


async def growth(directory: Path, sizes: list[int], rounds: int) -> dict[int, float]:
    """Return the median cost of a claim at each size, in microseconds; the sizes take turns in every round."""
    towns = {size: Town(shifts=size, people=256, capacity=shifts.MOST_PLACES) for size in sizes}
    stores = {size: await opened(directory / f"town-{size}", town) for size, town in towns.items()}
    wanted = {size: picks(town, seed=size) for size, town in towns.items()}
    gc.collect()
    times: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size, store in stores.items():
            batch = [next(wanted[size]) for _ in range(BATCH)]
            started = time.perf_counter()
            await asyncio.gather(*(claim(store, *one) for one in batch))
            times[size].append((time.perf_counter() - started) / BATCH * 1e6)
    for store in stores.values():
        await store.engine.close()
    return {size: statistics.median(one) for size, one in times.items()}
