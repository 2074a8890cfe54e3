"""The few operations on the disk that durability rests on, one method each.

Everything the store does to the disk goes through `Files`, so that a test can count the calls, make the
n-th one fail, or kill the program there. Every method raises `OSError` as the operating system gave it.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Files:
    """The real disk."""

    def create(self, path: Path) -> int:
        """Create a new file for writing and return its descriptor; FileExistsError if it is there."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)

    def reopen(self, path: Path) -> int:
        """Open an existing file for reading and writing and return its descriptor."""
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)

    def write(self, descriptor: int, content: bytes | memoryview, offset: int) -> int:
        """Write at `offset` and return how many bytes were taken, which may be fewer than given."""
        return os.pwrite(descriptor, content, offset)

    def reserve_space(self, descriptor: int, offset: int, length: int) -> None:
        """Reserve zeroed space; where the file system cannot, nothing happens and the file grows as it is written."""
        try:
            os.posix_fallocate(descriptor, offset, length)
        except OSError as error:
            if error.errno not in {errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS}:
                raise

    def sync_content(self, descriptor: int) -> None:
        """Wait until the content is on the disk, and as much of the attributes as reading it needs."""
        os.fdatasync(descriptor)

    def sync(self, descriptor: int) -> None:
        """Wait until content and attributes are on the disk."""
        os.fsync(descriptor)

    def truncate(self, descriptor: int, length: int) -> None:
        """Cut the file to `length` bytes."""
        os.ftruncate(descriptor, length)

    def close(self, descriptor: int) -> None:
        """Close the descriptor."""
        os.close(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Give the file its new name in one step; an existing target is replaced."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give the file a second name."""
        target.hardlink_to(source)

    def remove(self, path: Path) -> None:
        """Remove a file; a missing one is fine."""
        path.unlink(missing_ok=True)

    def sync_directory(self, directory: Path) -> None:
        """Wait until the names in a directory are on the disk."""
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def read(self, path: Path) -> bytes:
        """Return the whole content of a file."""
        return path.read_bytes()

    def names(self, directory: Path) -> list[str]:
        """Return the names in a directory, sorted."""
        return sorted(entry.name for entry in directory.iterdir())

    def write_all(self, descriptor: int, content: bytes, offset: int) -> None:
        """Write everything at `offset`, however many calls it takes."""
        view = memoryview(content)
        while view:
            taken = self.write(descriptor, view, offset)
            if taken == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            view = view[taken:]
            offset += taken

    def lines(self, path: Path) -> Iterator[bytes]:
        """Yield the lines of a file, however long it is, each with its newline."""
        with path.open("rb") as file:
            yield from file

    def replace_with(self, path: Path, content: bytes) -> None:
        """Put a file with this content in place of `path`, so that a crash leaves the old one or the new one."""
        self.renew(path, [content])

    def renew(self, path: Path, pieces: Iterable[bytes]) -> int:
        """Do the same with content that comes in pieces, and may be made from the old file; returns its size."""
        draft = path.with_name(path.name + ".draft")
        self.remove(draft)
        descriptor, size = self.create(draft), 0
        try:
            for piece in pieces:
                self.write_all(descriptor, piece, size)
                size += len(piece)
            self.sync(descriptor)
        finally:
            self.close(descriptor)
        self.rename(draft, path)
        self.sync_directory(path.parent)
        return size

    def write_new(self, path: Path, pieces: Iterable[bytes]) -> int:
        """Make a new, durable file, whole or not at all, and return its size; FileExistsError if one is there."""
        if path.name in self.names(path.parent):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        try:
            return self.renew(path, pieces)
        except OSError:
            self.discard(path.with_name(path.name + ".draft"))
            raise

    def discard(self, path: Path) -> None:
        """Remove a file if the disk lets us; for leftovers that do no harm."""
        with contextlib.suppress(OSError):
            self.remove(path)
