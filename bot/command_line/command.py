"""What every command is made of."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.config import Settings, read_settings
from storage import FILE

DONE, FAILED = 0, 1
DEFAULT_CONFIG = Path("config.toml")

Write = Callable[[str], object]


class Call:
    """One call of a command: what was typed, and where its answer goes."""

    def __init__(self, arguments: argparse.Namespace, write: Write, warn: Write) -> None:
        """`write` takes a line for standard output, `warn` one for standard error."""
        self.arguments = arguments
        self.write = write
        self.warn = warn

    @property
    def config(self) -> Path:
        """The file of settings."""
        path: Path | None = self.arguments.config
        return path or DEFAULT_CONFIG

    @cached_property
    def settings(self) -> Settings:
        """The settings. Raises ConfigError."""
        return read_settings(self.config, needed=self.arguments.config is not None)

    @property
    def folder(self) -> Path:
        """The folder of the database. Raises ConfigError unless it was typed."""
        path: Path | None = self.arguments.data
        return path or Path(self.settings.store.folder)

    @property
    def store(self) -> Path:
        """The database's main file. Raises ConfigError unless its folder was typed."""
        return self.folder / FILE


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, a line of help, what else is said about it, its arguments, and what it does.

    `carry_out` returns the exit code. It may raise ConfigError, which the caller prints.
    """

    name: str
    help: str
    about: str
    carry_out: Callable[[Call], int]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    with_data: bool = True


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing."""
