"""What an operator is told when a store is not opened."""

from __future__ import annotations

from storage.damage import StoreRefusedError, repair_command
from storage.recovery import Reading


def refused(reading: Reading) -> StoreRefusedError:
    """Return why a store is not opened, and what to do about it."""
    path = reading.layout.path
    newer = any("newer version" in finding.what for finding in reading.findings)
    if newer:
        return StoreRefusedError(path, tuple(reading.findings), "everything, by that version", "run the newer version")
    recoverable = "the repair says how much before it writes anything; the originals stay as they are"
    return StoreRefusedError(path, tuple(reading.findings), recoverable, repair_command(path))
