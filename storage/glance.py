"""A look at a store that may be at work: only read from, and never held up.

What is seen is the state after some whole transaction, perhaps one whose fsync is still under way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from storage.files import Files
from storage.records import MIGRATIONS, TABLES, Codec
from storage.recovery import Reading, read_store
from storage.refusal import refused

E = TypeVar("E")

TRIES = 5  # a store at work may renew its files between two of our looks at them; a damaged one stays damaged


def read_steadily(files: Files, path: Path) -> Reading:
    """Read a store that may be at work; with findings if it is damaged. Raises OSError when it is unreadable."""
    for _ in range(TRIES - 1):
        try:
            reading = read_store(files, path)
        except FileNotFoundError:  # a file that was listed has been replaced by the next one
            continue
        if not reading.findings:
            return reading
    return read_store(files, path)


def rows(path: Path, entity: type[E]) -> list[E]:
    """Return all rows of one kind, in the order they were put in; none where there is no store.

    Raises storage.damage.StoreRefusedError when it is damaged, OSError when it is unreadable.
    """
    if not path.parent.exists():
        return []
    reading = read_steadily(Files(), path.absolute())
    if reading.findings:
        raise refused(reading)
    table, codec = TABLES[entity].name, Codec(entity)
    return [codec.decode(MIGRATIONS.migrated(table, packed)) for packed in reading.contents.get(table, {}).values()]
