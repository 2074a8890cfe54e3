"""A small, busy store whose state after k transactions is known, so that any survivor can be judged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import msgspec

from storage.engine import Change, EngineFailedError, Index, Table
from storage.files import Files
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import Unsynced

TABLES = (
    Table("shifts", "id", (Index("by_start", ("community",), "starts_at"), Index("by_state", ("state",)))),
    Table("people", "id"),
)
State = dict[str, dict[str, dict[str, object]]]


def transaction(number: int) -> list[Change]:
    """Transaction `number` (from 1): adds a shift and a person, changes a counter, takes an old shift out."""
    shift = {
        "id": f"shift-{number}",
        "community": f"c{number % 2}",
        "starts_at": f"2026-12-{number % 28 + 1:02d}",
        "state": "open" if number % 3 else "full",
        "note": "夜班 " * (number % 40),
    }
    changes = [
        Change("shifts", f"shift-{number}", msgspec.json.encode(shift)),
        Change("people", f"person-{number % 7}", msgspec.json.encode({"id": f"person-{number % 7}", "seen": number})),
        Change("people", "counter", msgspec.json.encode({"id": "counter", "seen": number})),
    ]
    if number > 5:
        changes.append(Change("shifts", f"shift-{number - 5}", None))
    return changes


@lru_cache(maxsize=256)
def state_after(count: int) -> State:
    """What the store holds after that many transactions."""
    state: State = {"shifts": {}, "people": {}}
    for number in range(1, count + 1):
        for change in transaction(number):
            if change.record is None:
                del state[change.table][change.key]
            else:
                state[change.table][change.key] = json.loads(change.record)
    return state


def state_of(engine: TinyDBEngine) -> State:
    """What an engine holds, read through its key order and checked against its indexes."""
    state: State = {}
    for table in TABLES:
        records = [json.loads(record) for record in engine.all(table.name)]
        state[table.name] = {record["id"]: record for record in records}
    shifts = state["shifts"].values()
    for community in ("c0", "c1"):
        found = [json.loads(record) for record in engine.find("shifts", "by_start", (community,))]
        expected = [shift for shift in shifts if shift["community"] == community]
        assert found == sorted(expected, key=lambda shift: (shift["starts_at"], shift["id"]))
    assert engine.count("shifts", "by_state", ("open",)) == sum(shift["state"] == "open" for shift in shifts)
    return state


def count_in(state: State) -> int:
    """How many transactions a state claims to have seen."""
    seen = state["people"].get("counter", {"seen": 0})["seen"]
    assert isinstance(seen, int)
    return seen


async def work(
    path: Path,
    files: Files,
    acknowledged: Callable[[int], None],
    *,
    steps: int,
    snapshots: tuple[int, ...] = (),
    at_once: int = 3,
) -> None:
    """Open the store and do `steps` more transactions, `at_once` together, with snapshots in the midst, and close.

    `acknowledged` hears of each as soon as it is durable. Raises what the engine raises.
    """
    engine = await TinyDBEngine.open(path, TABLES, files=files, reserve=4096)
    first = count_in(state_of(engine)) + 1
    waiting: list[asyncio.Task[None]] = []
    try:
        for number in range(first, first + steps):
            changes = transaction(number)
            engine.apply(changes)
            waiting.append(
                asyncio.ensure_future(_acknowledge(engine.commit(changes, f"cause {number}"), number, acknowledged))
            )
            if number - first in snapshots:
                waiting.append(asyncio.create_task(engine.snapshot()))
                await asyncio.sleep(0)
            if len(waiting) >= at_once:
                await asyncio.gather(*waiting)
                waiting.clear()
        await asyncio.gather(*waiting)
    except EngineFailedError:
        await asyncio.gather(*waiting, return_exceptions=True)
        raise
    finally:
        await engine.close()


async def _acknowledge(durable, number: int, acknowledged: Callable[[int], None]) -> None:
    await durable
    acknowledged(number)


async def reopened(path: Path) -> State:
    """Open what is on the disk with a sound disk, and say what it holds."""
    engine = await TinyDBEngine.open(path, TABLES, files=Unsynced(), reserve=4096)
    try:
        return state_of(engine)
    finally:
        await engine.close()
