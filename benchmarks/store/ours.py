"""Claims on the engine."""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path

import msgspec

from benchmarks.store.rows import TABLE, claimed, shift_id, write_store
from storage.engine import Change
from storage.files import Files
from storage.tinydb_engine import TinyDBEngine


class NoWaiting(Files):
    """The disk without the wait: what a claim costs in itself."""

    def sync_content(self, descriptor: int) -> None:
        """Return at once."""


async def opened(path: Path, size: int, *, files: Files | None = None) -> TinyDBEngine:
    """Return a store with that many shifts."""
    write_store(path, size)
    return await TinyDBEngine.open(path, [TABLE], files=files)


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
