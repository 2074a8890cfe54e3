"""The machine's clock, and one that is moved by a file, for playing through days in minutes.

Imported by `bot.app` only; everything else is given a `bot.ports.clock.Clock`.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """`bot.ports.clock.Clock` as the machine has it."""

    def now(self) -> datetime:
        """Return the present instant in UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def monotonic(self) -> float:
        """Return seconds of a clock that never steps."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds; 0 or less gives the others a turn."""
        await asyncio.sleep(seconds)


class OffsetClock(SystemClock):
    """The machine's clock plus the seconds written in a file (the sandbox's --clock-file): an ASCII float.

    The file is read again whenever it was replaced, so that whoever moved it is believed at once; while it is missing
    or not yet readable, the last known offset holds, at first none. Waiting and pacing are not moved: `monotonic` and
    `sleep` stay the machine's.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0.0
        self._seen: tuple[int, int] | None = None

    def now(self) -> datetime:
        """Return the moved instant in UTC, whole seconds."""
        return (datetime.now(UTC) + timedelta(seconds=self._current())).replace(microsecond=0)

    def _current(self) -> float:
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_ino)
            if seen != self._seen:
                self._offset = float(self._path.read_text(encoding="ascii"))
                self._seen = seen
        except FileNotFoundError:
            pass
        except ValueError:  # not a number yet: whoever writes it will write it again
            pass
        return self._offset
