"""The command line: `python -m bot run`, `python -m bot check-config`, `python -m bot poison`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.app import STOPPED, Start, list_poison, run
from bot.config import ConfigError, Settings, read_settings, read_token

BAD_CONFIG = 2
DEFAULT_CONFIG = Path("config.toml")


def read_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line, or leave with help or a usage error (exit code 2)."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Muster, a bot for volunteer shifts.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--config", type=Path, help=f"settings (default: {DEFAULT_CONFIG}, if it exists)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    start = commands.add_parser("run", help="run the bot until it is stopped")
    check = commands.add_parser("check-config", help="say whether the settings are right")
    poison = commands.add_parser("poison", help="list updates that could not be handled")
    for command in (start, check, poison):
        command.add_argument("--config", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        command.add_argument("--data", type=Path, help="folder of the database, instead of store.folder")
    start.add_argument("--base-url", help="where the Bot API is, instead of telegram.base_url")
    start.add_argument("--clock-file", type=Path, help="for testing: seconds to add to the clock stand in this file")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code: 0, 2 for bad settings, 78 for a refused token, 1 for anything else."""
    arguments = read_arguments(argv)
    try:
        path = arguments.config or DEFAULT_CONFIG
        settings = read_settings(path, needed=arguments.config is not None)
        return _command(arguments, settings, path)
    except ConfigError as error:
        for mistake in error.mistakes:
            print(f"config: {mistake}", file=sys.stderr)
        return BAD_CONFIG


def _command(arguments: argparse.Namespace, settings: Settings, path: Path) -> int:
    folder = arguments.data or Path(settings.store.folder)
    if arguments.command == "check-config":
        print(f"{path if path.exists() else 'The defaults'}: all settings are right.")
        return 0
    if arguments.command == "poison":
        return asyncio.run(list_poison(folder, print))
    start = Start(
        settings=settings,
        token=read_token(os.environ),
        folder=folder,
        base_url=arguments.base_url or settings.telegram.base_url,
        clock_file=arguments.clock_file,
    )
    try:
        return asyncio.run(run(start))
    except KeyboardInterrupt:
        return STOPPED


if __name__ == "__main__":
    sys.exit(main())
