"""What one claim costs by itself, by the number of records; and what a durable one costs, beside the rivals."""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from benchmarks.store.ours import NoWaiting, claim, claim_inline, opened, opened_inline
from benchmarks.store.rivals import RawAppend, Sqlite, StockTinyDB
from benchmarks.store.rows import picks
from storage.tinydb_engine import TinyDBEngine

BATCH = 200


def microseconds(seconds: float) -> float:
    return seconds * 1e6


async def batch(engine: TinyDBEngine, numbers: Iterator[int]) -> float:
    """Return the time of one claim in a batch, without waiting for the disk."""
    started = time.perf_counter()
    for _ in range(BATCH):
        claim(engine, next(numbers))
    await engine.settled()
    return microseconds((time.perf_counter() - started) / BATCH)


async def growth(directory: Path, sizes: list[int], rounds: int) -> dict[int, float]:
    """Return the median cost of a claim at each size, in microseconds; the sizes take turns in every round."""
    engines = {size: await opened(directory / f"{size}.json", size, files=NoWaiting()) for size in sizes}
    numbers = {size: picks(size, seed=size) for size in sizes}
    gc.collect()
    times: dict[int, list[float]] = {size: [] for size in sizes}
    for round_number in range(rounds):
        for size in sizes[round_number % len(sizes) :] + sizes[: round_number % len(sizes)]:
            times[size].append(await batch(engines[size], numbers[size]))
    for engine in engines.values():
        engine.store.close(with_snapshot=False)
    return {size: statistics.median(one) for size, one in times.items()}


def sqlite_growth(directory: Path, sizes: list[int], rounds: int) -> dict[int, float]:
    """Return what a claim costs SQLite without waiting for the disk, in microseconds."""
    found = {}
    for size in sizes:
        base = Sqlite(directory / f"{size}.sqlite", size, synchronous="OFF")
        found[size] = median_of(base.claim, picks(size, seed=size), rounds * 20)
        base.close()
    return found


def stock_growth(directory: Path, sizes: list[int]) -> dict[int, float]:
    """Return what a claim costs stock TinyDB, in microseconds."""
    found = {}
    for size in sizes:
        base = StockTinyDB(directory / f"stock-{size}.json", size)
        found[size] = median_of(base.claim, picks(size, seed=size), 7 if size <= 10_000 else 3)
        base.close()
    return found


def median_of(one: Callable[[int], None], numbers: Iterator[int], times: int) -> float:
    taken = []
    for _ in range(times):
        number = next(numbers)
        started = time.perf_counter()
        one(number)
        taken.append(microseconds(time.perf_counter() - started))
    return statistics.median(taken)


async def timed(one: Callable[[int], Awaitable[None] | None], number: int) -> float:
    started = time.perf_counter()
    waiting = one(number)
    if waiting is not None:
        await waiting
    return microseconds(time.perf_counter() - started)


async def paired(directory: Path, size: int, rounds: int) -> dict[str, list[float]]:
    """Return the times of single durable claims, in microseconds; every round does one of each, in turning order.

    "off the loop" means that the event loop is free meanwhile; the others wait for the disk in the calling thread.
    """
    engine = await opened(directory / "paired.json", size)
    store = opened_inline(directory / "inline.json", size)
    sqlite, raw = Sqlite(directory / "paired.sqlite", size), RawAppend(directory / "raw")
    ways: list[tuple[str, Callable[[int], Awaitable[None] | None]]] = [
        ("ours off the loop", lambda number: claim(engine, number)),
        ("sqlite off the loop", lambda number: asyncio.to_thread(sqlite.claim, number)),
        ("ours", lambda number: claim_inline(store, number)),
        ("sqlite", sqlite.claim),
        ("raw", raw.claim),
    ]
    numbers = picks(size, seed=1)
    times: dict[str, list[float]] = {name: [] for name, _ in ways}
    for round_number in range(rounds + 20):
        turn = round_number % len(ways)
        for name, way in ways[turn:] + ways[:turn]:
            taken = await timed(way, next(numbers))
            if round_number >= 20:
                times[name].append(taken)
    engine.store.close(with_snapshot=False)
    store.close(with_snapshot=False)
    sqlite.close()
    raw.close()
    return times


async def together(directory: Path, size: int, rounds: int, claimers: int, claims: int) -> dict[str, list[float]]:
    """Return durable claims per second: ours with `claimers` tasks, SQLite one by one and `claimers` at a time."""
    engine = await opened(directory / "together.json", size)
    sqlite = Sqlite(directory / "together.sqlite", size)
    numbers = picks(size, seed=2)

    async def claimer(count: int) -> None:
        for _ in range(count):
            await claim(engine, next(numbers))

    speeds: dict[str, list[float]] = {"ours": [], "sqlite": [], "sqlite batched": []}
    for _ in range(rounds):
        started = time.perf_counter()
        await asyncio.gather(*(claimer(claims // claimers) for _ in range(claimers)))
        speeds["ours"].append(claims / (time.perf_counter() - started))
        started = time.perf_counter()
        for _ in range(claims // 8):
            sqlite.claim(next(numbers))
        speeds["sqlite"].append(claims // 8 / (time.perf_counter() - started))
        started = time.perf_counter()
        for _ in range(claims // claimers):
            sqlite.claim_all([next(numbers) for _ in range(claimers)])
        speeds["sqlite batched"].append(claims / (time.perf_counter() - started))
    engine.store.close(with_snapshot=False)
    sqlite.close()
    return speeds
