"""The database edge: the only place that imports a database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from storage.records import ALL_TABLES, MIGRATIONS
from storage.store import EngineStore
from storage.tinydb_engine import TinyDBEngine

FILE = "muster.json"


async def open_store(folder: Path, *, on_failure: Callable[[Exception], None] | None = None) -> EngineStore:
    """Open the store in a folder, making it if nothing is there; `on_failure` is told once when the disk refuses.

    Raises storage.lock.StoreLockedError, storage.damage.StoreRefusedError or OSError.
    """
    await asyncio.to_thread(folder.mkdir, 0o700, parents=True, exist_ok=True)
    tell = on_failure or _nobody
    return EngineStore(await TinyDBEngine.open(folder / FILE, ALL_TABLES, on_failure=tell, migrations=MIGRATIONS))


def _nobody(_failure: Exception) -> None:
    """Nobody is told."""
