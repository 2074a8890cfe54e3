"""One clock for the sandbox and the bot: the real one, moved by an offset."""

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path


class Clock:
    """Seconds since 1970, `offset` seconds away from the machine's clock.

    Args:
        path: a file that always holds the offset (an ASCII float, replaced atomically), for a bot started
            with `--clock-file`; none is written when it is left out.

    Attributes:
        zone: the IANA name of the zone that people here live in, for whoever shows times; None if nobody said.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.offset = 0.0
        self.path = path
        self.zone: str | None = None
        self.moved: list[Callable[[], None]] = []
        self._write()

    def now(self) -> float:
        """The present moment on this clock, in seconds since 1970."""
        return time.time() + self.offset

    def move(self, seconds: float) -> None:
        """Move by so many seconds, forwards or (negative) back, and tell whoever listens."""
        self.offset += seconds
        self._write()
        for listener in self.moved:
            listener()

    def set(self, instant: float) -> None:
        """Make it `instant` (seconds since 1970) now."""
        self.move(instant - self.now())

    def iso(self) -> str:
        """The present moment as ISO 8601 in UTC."""
        return dt.datetime.fromtimestamp(self.now(), dt.UTC).isoformat(timespec="seconds")

    def _write(self) -> None:
        if self.path is None:
            return
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{self.offset:.6f}\n", encoding="ascii")
        os.replace(fresh, self.path)  # noqa: PTH105 - the name says it is atomic, which is the point
