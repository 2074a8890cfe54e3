"""Measurements that need a program of their own: start, memory, and stalls while a snapshot is written.

`python -m benchmarks.store.alone open|stock|stall PATH` prints one JSON line.
"""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import time
from pathlib import Path

from tinydb import TinyDB

from benchmarks.store.ours import claim
from benchmarks.store.rows import TABLE, picks
from storage.tinydb_engine import TinyDBEngine


def run(task: str, path: Path) -> dict[str, float]:
    """Measure in a new program."""
    command = [sys.executable, "-m", "benchmarks.store.alone", task, str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def resident() -> int:
    """Return the bytes of memory this program holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


async def measure_open(path: Path) -> dict[str, float]:
    """Open a store; its seconds and the memory it took."""
    gc.collect()
    before, started = resident(), time.perf_counter()
    engine = await TinyDBEngine.open(path, [TABLE])
    seconds = time.perf_counter() - started
    count = len(engine.store.tables.get("shifts").documents)
    memory = resident() - before
    engine.store.close(with_snapshot=False)
    return {"seconds": seconds, "bytes": memory, "records": count}


def measure_stock(path: Path) -> dict[str, float]:
    """Open a TinyDB file as stock TinyDB does, and read one document."""
    gc.collect()
    before, started = resident(), time.perf_counter()
    with TinyDB(path) as database:
        found = database.table("shifts").get(doc_id=1)
        seconds = time.perf_counter() - started
    return {"seconds": seconds, "bytes": resident() - before, "records": len(found)}


async def measure_stall(path: Path) -> dict[str, float]:
    """Write a snapshot while claims go on; how late a task that wants to run every millisecond runs."""
    engine = await TinyDBEngine.open(path, [TABLE])
    gc.freeze()
    numbers = picks(len(engine.store.tables.get("shifts").documents), seed=3)
    late: list[float] = []
    claims: list[float] = []
    snapshot = asyncio.create_task(engine.snapshot())

    async def claimer() -> None:
        while not snapshot.done():
            started = time.perf_counter()
            await claim(engine, next(numbers))
            claims.append(time.perf_counter() - started)
            await asyncio.sleep(0.005)

    async def ticker() -> None:
        while not snapshot.done():
            started = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append(time.perf_counter() - started - 0.001)

    started = time.perf_counter()
    await asyncio.gather(snapshot, ticker(), claimer())
    seconds = time.perf_counter() - started
    engine.store.close(with_snapshot=False)
    late.sort()
    claims.sort()
    return {
        "seconds": seconds,
        "late p50": late[len(late) // 2],
        "late p99.9": late[min(int(len(late) * 0.999), len(late) - 1)],
        "late max": late[-1],
        "claims": len(claims),
        "claim p50": claims[len(claims) // 2],
        "claim p99": claims[int(len(claims) * 0.99)],
    }


def main() -> None:
    task, path = sys.argv[1], Path(sys.argv[2])
    if task == "stock":
        result = measure_stock(path)
    else:
        result = asyncio.run(measure_open(path) if task == "open" else measure_stall(path))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
