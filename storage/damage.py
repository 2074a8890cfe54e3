"""What is wrong with stored files, said so that the operator can act."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: which file, at which byte (None: the file as a whole), what."""

    file: Path
    byte: int | None
    what: str

    def __str__(self) -> str:
        place = "" if self.byte is None else f", byte {self.byte}"
        return f"{self.file.name}{place}: {self.what}"


class StoreRefusedError(RuntimeError):
    """The store does not start from these files. `findings` says why; nothing was changed on the disk."""

    def __init__(self, path: Path, findings: tuple[Finding, ...], recoverable: str, command: str) -> None:
        self.path = path
        self.findings = findings
        self.recoverable = recoverable
        self.command = command
        listed = "\n".join(f"  - {finding}" for finding in findings)
        super().__init__(
            f"The store {path} is not opened, because:\n{listed}\nRecoverable: {recoverable}\nNext: {command}"
        )


def repair_command(path: Path) -> str:
    """Return the command that recovers what can be recovered beside the original."""
    return f"python -m bot repair {path}"
