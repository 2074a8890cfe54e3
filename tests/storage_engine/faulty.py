"""Disks that misbehave: `storage.files.Files` with a fault at the n-th call, and one that loses power."""

from __future__ import annotations

import errno
import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from storage.files import Files

Fault = Callable[["FaultyFiles", str, Callable[[], object]], object]


class Unsynced(Files):
    """The real disk without the waiting: a program that dies leaves the same files with fsync and without."""

    def sync_content(self, descriptor):
        os.fstat(descriptor)

    def sync(self, descriptor):
        os.fstat(descriptor)

    def sync_directory(self, directory):
        directory.stat()


class FaultyFiles(Unsynced):
    """Counts every call that changes the disk and lets `fault` decide from the n-th on (0: never)."""

    def __init__(self, at: int = 0, fault: Fault | None = None, largest_write: int | None = None) -> None:
        self.at = at
        self.calls = 0
        self.log: list[str] = []
        self._fault = fault
        self._largest = largest_write
        self._lock = threading.Lock()

    def _through(self, name: str, call: Callable[[], object]) -> object:
        with self._lock:
            self.calls += 1
            self.log.append(name)
            faulty = self._fault is not None and 0 < self.at <= self.calls
        if faulty:
            assert self._fault is not None
            return self._fault(self, name, call)
        return call()

    def create(self, path):
        return self._through("create", lambda: Unsynced.create(self, path))

    def write(self, descriptor, content, offset):
        part = content if self._largest is None else content[: self._largest]
        self.half = lambda: Unsynced.write(self, descriptor, content[: len(content) // 2], offset)
        return self._through("write", lambda: Unsynced.write(self, descriptor, part, offset))

    def reserve_space(self, descriptor, offset, length):
        self._through("reserve_space", lambda: Unsynced.reserve_space(self, descriptor, offset, length))

    def sync_content(self, descriptor):
        self._through("sync_content", lambda: Unsynced.sync_content(self, descriptor))

    def sync(self, descriptor):
        self._through("sync", lambda: Unsynced.sync(self, descriptor))

    def truncate(self, descriptor, length):
        self._through("truncate", lambda: Unsynced.truncate(self, descriptor, length))

    def rename(self, source, target):
        self._through("rename", lambda: Unsynced.rename(self, source, target))

    def link(self, source, target):
        self._through("link", lambda: Unsynced.link(self, source, target))

    def remove(self, path):
        self._through("remove", lambda: Unsynced.remove(self, path))

    def sync_directory(self, directory):
        self._through("sync_directory", lambda: Unsynced.sync_directory(self, directory))


def once(number: int) -> Fault:
    """That one call fails, the following ones succeed."""

    def fault(files, name, call):
        if files.calls == files.at:
            raise OSError(number, os.strerror(number))
        return call()

    return fault


def forever(number: int) -> Fault:
    """That call and all after it fail."""

    def fault(files, name, call):
        raise OSError(number, os.strerror(number))

    return fault


def disk_full(files: FaultyFiles, name: str, call: Callable[[], object]) -> object:
    """From then on nothing that needs room succeeds; a write takes half first."""
    if name in {"create", "reserve_space", "link"}:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if name == "write":
        if files.calls == files.at:
            return files.half()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return call()


def read_only_directory(files: FaultyFiles, name: str, call: Callable[[], object]) -> object:
    """From then on no name in the directory can be made, changed or taken away; open files go on."""
    if name in {"create", "rename", "link", "remove"}:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    return call()


def failing_rename(files: FaultyFiles, name: str, call: Callable[[], object]) -> object:
    """From then on no file gets its new name."""
    if name == "rename":
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return call()


def failing_sync(files: FaultyFiles, name: str, call: Callable[[], object]) -> object:
    """From then on no fsync succeeds, though every write does."""
    if name.startswith("sync"):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return call()


def kill_before(files: FaultyFiles, name: str, call: Callable[[], object]) -> object:
    os.kill(os.getpid(), signal.SIGKILL)
    return call()


def kill_after(files: FaultyFiles, name: str, call: Callable[[], object]) -> object:
    call()
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def kill_half(files: FaultyFiles, name: str, call: Callable[[], object]) -> object:
    if name == "write":
        files.half()
    os.kill(os.getpid(), signal.SIGKILL)
    return None


class LosingPower(FaultyFiles):
    """From the n-th call on the disk is dead; `after_power_loss` builds what a real one would hold then.

    Synced content and synced names are kept. Of what was not synced, each sector of 512 bytes and each change of
    a name is kept or lost by a coin, as disks and file systems are allowed to do.
    """

    def __init__(self, at: int, coin: random.Random) -> None:
        super().__init__(at, forever(errno.EIO))
        self._coin = coin
        self._content: dict[int, bytes] = {}  # by inode: what is certainly on the disk
        self._names: dict[Path, int] = {}  # names certainly on the disk
        self._dead: dict[int, bytes] | None = None
        self._paths: dict[int, Path] = {}
        self._now: dict[int, bytes] = {}
        self._inodes = 0
        self._inode_of: dict[Path, int] = {}
        self._open: dict[int, int] = {}

    def create(self, path):
        descriptor = super().create(path)
        self._inodes += 1
        self._inode_of[path] = self._open[descriptor] = self._inodes
        self._now[self._inodes] = b""
        return descriptor

    def reopen(self, path):
        descriptor = super().reopen(path)
        self._open[descriptor] = self._inode_of[path]
        return descriptor

    def write(self, descriptor, content, offset):
        taken = super().write(descriptor, content, offset)
        inode = self._open[descriptor]
        old = self._now[inode].ljust(offset, b"\0")
        self._now[inode] = old[:offset] + bytes(content[:taken]) + old[offset + taken :]
        return taken

    def reserve_space(self, descriptor, offset, length):
        super().reserve_space(descriptor, offset, length)
        inode = self._open[descriptor]
        self._now[inode] = self._now[inode].ljust(offset + length, b"\0")

    def sync_content(self, descriptor):
        super().sync_content(descriptor)
        inode = self._open[descriptor]
        self._content[inode] = self._now[inode]

    def sync(self, descriptor):
        super().sync(descriptor)
        inode = self._open[descriptor]
        self._content[inode] = self._now[inode]

    def truncate(self, descriptor, length):
        super().truncate(descriptor, length)
        inode = self._open[descriptor]
        self._now[inode] = self._now[inode][:length].ljust(length, b"\0")

    def rename(self, source, target):
        super().rename(source, target)
        self._inode_of[target] = self._inode_of.pop(source)

    def link(self, source, target):
        super().link(source, target)
        self._inode_of[target] = self._inode_of[source]

    def remove(self, path):
        super().remove(path)
        self._inode_of.pop(path, None)

    def sync_directory(self, directory):
        super().sync_directory(directory)
        self._names = dict(self._inode_of)

    def after_power_loss(self, directory: Path) -> None:
        """Write into `directory` what survived."""
        for path in sorted(self._names.keys() | self._inode_of.keys()):
            before, now = self._names.get(path), self._inode_of.get(path)
            inode = now if before == now or self._coin.random() < 0.5 else before
            if inode is not None:
                (directory / path.name).write_bytes(self._surviving(inode))

    def _surviving(self, inode: int) -> bytes:
        kept, now = self._content.get(inode, b""), self._now[inode]
        if kept == now:
            return kept
        length = self._coin.choice([len(kept), len(now), max(len(kept), len(now))])
        sectors = []
        for start in range(0, length, 512):
            old = kept[start : start + 512].ljust(512, b"\0")
            new = now[start : start + 512].ljust(512, b"\0")
            sectors.append(self._coin.choice([old, new]))
        return b"".join(sectors)[:length]
