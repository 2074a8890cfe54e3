"""The real bot on a disk that breaks on demand: `python -m tests.command_line.breakable_bot FILE run …`.

As long as FILE is there, every fsync fails as that of a dying disk does.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from storage.files import Files


def breakable(switch: Path):
    def sync_content(_files: Files, descriptor: int) -> None:
        if switch.exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.fdatasync(descriptor)

    return sync_content


if __name__ == "__main__":
    pytest.MonkeyPatch().setattr(Files, "sync_content", breakable(Path(sys.argv[1])))
    sys.exit(main(sys.argv[2:]))
