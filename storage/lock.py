"""One writer: a lock file that says who holds the store.

The lock itself is the kernel's (`flock`), which lets go when its holder dies, however it dies: a file left
behind by a crash or a reboot is taken over without guessing whether a process number is still the same
program. What is written in the file is for people.
"""

from __future__ import annotations

import fcntl
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import msgspec


class Holder(msgspec.Struct, frozen=True):
    """Who holds the store: process, machine, and since when (UTC)."""

    process: int
    machine: str
    since: str

    def __str__(self) -> str:
        return f"process {self.process} on {self.machine}, since {self.since}"


UNNAMED = Holder(0, "a machine it did not name", "a time it did not name")


class StoreLockedError(RuntimeError):
    """Another program has the store open."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.holder = holder
        who = str(holder) if holder is not None else "another program that has not said its name yet"
        super().__init__(
            f"The store is in use by {who} ({path}). Two programs must not write one store: "
            "stop that one first, or start this one with another file."
        )


class StoreLock:
    """Holds the lock file from creation until `release`.

    Raises StoreLockedError when another program holds it. `left_behind` names a former holder that never let
    go, because it crashed or the machine went down; None after a clean stop. `since` is when it was taken.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _read(self._descriptor)
            os.close(self._descriptor)
            raise StoreLockedError(path, holder) from error
        except OSError:
            os.close(self._descriptor)
            raise
        self.left_behind = _read(self._descriptor)
        self.since = datetime.now(UTC).isoformat(timespec="seconds")
        self._write(msgspec.json.encode(Holder(os.getpid(), socket.gethostname(), self.since)))

    def release(self) -> None:
        """Let go. The file stays, empty: removing it could remove a successor's lock."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        try:
            os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)

    def _write(self, content: bytes) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, content, 0)


def holder_of(path: Path) -> Holder | None:
    """Return who holds the lock file at this moment, None when nobody does. Raises OSError; nothing is changed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(descriptor) or UNNAMED
    finally:
        os.close(descriptor)
    return None


def _read(descriptor: int) -> Holder | None:
    content = os.pread(descriptor, 4096, 0)
    try:
        return msgspec.json.decode(content, type=Holder) if content else None
    except msgspec.DecodeError:
        return UNNAMED
