"""Claims on the engine."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path

import msgspec

from benchmarks.store.rows import TABLE, claimed, shift_id, write_store
from storage.engine import Change
from storage.files import Files
from storage.live_staging import Staging
from storage.live_store import LiveStore
from storage.tinydb_engine import TinyDBEngine


class NoWaiting(Files):
    """The disk without the wait: what a claim costs in itself."""

    def sync_content(self, descriptor: int) -> None:
        """Return at once."""


async def opened(path: Path, size: int, *, files: Files | None = None) -> TinyDBEngine:
    """Return a store with that many shifts."""
    write_store(path, size)
    return await TinyDBEngine.open(path, [TABLE], files=files)


def opened_inline(path: Path, size: int) -> LiveStore:
    """Return the same store as TinyDB's own API uses it: it waits for the disk in the calling thread."""
    write_store(path, size)
    return LiveStore(path, (TABLE,))


def claim_inline(store: LiveStore, number: int) -> None:
    """The same work as `claim`; durable on return."""
    rows = store.tables.declared("shifts")
    place = rows.keys[shift_id(number)]
    shift = claimed(msgspec.json.decode(rows.documents[place]), number)
    rows.indexes["by_start"].numbers((shift["community"],), shift["starts_at"], None, 3, descending=False)
    staging = Staging()
    staging.put(rows, place, msgspec.json.encode(shift))
    store.commit(staging.changes, f"claim {number}")


def claim(engine: TinyDBEngine, number: int) -> Awaitable[None]:
    """Read, check, write, index, hand to the journal; the answer resolves once it is durable."""
    key = shift_id(number)
    text = engine.get("shifts", key)
    assert text is not None
    shift = claimed(msgspec.json.decode(text), number)
    engine.find("shifts", "by_start", (shift["community"],), low=shift["starts_at"], limit=3)
    changes = (Change("shifts", key, msgspec.json.encode(shift)),)
    engine.apply(changes)
    return engine.commit(changes, f"claim {number}")
