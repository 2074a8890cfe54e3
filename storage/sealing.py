"""Checksums of the store's main file, a block each, so that damage can be placed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

from storage.journal_format import Seal

BLOCK = 1 << 20  # bytes per checksum


class Sealer:
    """Computes the seal of a file while it is written."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._block = blake2b(digest_size=16)
        self._room = BLOCK
        self._bytes = 0

    def add(self, content: bytes) -> None:
        """Take the next bytes of the file."""
        view = memoryview(content)
        self._bytes += len(view)
        while view:
            part = view[: self._room]
            self._block.update(part)
            self._room -= len(part)
            view = view[len(part) :]
            if self._room == 0:
                self._next_block()

    def seal(self, generation: int) -> Seal:
        """Return the seal of all bytes taken."""
        if self._room < BLOCK:
            self._next_block()
        return _seal(generation, self._bytes, self._blocks)

    def _next_block(self) -> None:
        self._blocks.append(self._block.hexdigest())
        self._block = blake2b(digest_size=16)
        self._room = BLOCK


def seal_of(content: bytes, generation: int) -> Seal:
    """Return the seal of a whole file."""
    return _seal(generation, len(content), _sums(memoryview(content)))


class SealBeside:
    """Computes the seal of a whole file in threads while the caller reads it.

    The sums themselves need no interpreter, but each waits its turn for one between two blocks while the caller is
    busy: two threads wait at the same time.
    """

    THREADS = 2

    def __init__(self, content: bytes) -> None:
        view = memoryview(content)
        step = (len(view) // BLOCK // self.THREADS + 1) * BLOCK
        self._bytes = len(view)
        self._pool = ThreadPoolExecutor(self.THREADS, thread_name_prefix="checksum")
        self._parts = [self._pool.submit(_sums, view[start : start + step]) for start in range(0, len(view), step)]

    def result(self, generation: int) -> Seal:
        """Wait for the seal and return it."""
        blocks = [one for part in self._parts for one in part.result()]
        self._pool.shutdown()
        return _seal(generation, self._bytes, blocks)


def _sums(view: memoryview) -> list[str]:
    starts = range(0, len(view), BLOCK)
    return [blake2b(view[start : start + BLOCK], digest_size=16).hexdigest() for start in starts]


def _seal(generation: int, size: int, blocks: Sequence[str]) -> Seal:
    root = blake2b("".join(blocks).encode(), digest_size=16).hexdigest()
    return Seal(generation, size, root, list(blocks))
