"""All commands, and how the line is read that names one of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot import __version__
from bot.command_line.check_config import CHECK_CONFIG
from bot.command_line.command import DEFAULT_CONFIG, Command
from bot.command_line.doctor import DOCTOR
from bot.command_line.export import EXPORT
from bot.command_line.outbox import OUTBOX
from bot.command_line.poison import POISON
from bot.command_line.repair import REPAIR
from bot.command_line.run import RUN
from bot.command_line.timers import TIMERS

COMMANDS: tuple[Command, ...] = (RUN, CHECK_CONFIG, DOCTOR, EXPORT, REPAIR, OUTBOX, TIMERS, POISON)
_CONFIG_HELP = f"settings (default: {DEFAULT_CONFIG}, if it exists)"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(prog="python -m bot", description="Muster, a bot for volunteer shifts.")
    whole.add_argument("--version", action="version", version=__version__)
    whole.add_argument("--config", type=Path, metavar="FILE", help=_CONFIG_HELP)
    below = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = below.add_parser(command.name, help=command.help, description=command.about)
        own.add_argument("--config", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=_CONFIG_HELP)
        add_arguments(command, own)
    return whole


def add_arguments(command: Command, own: argparse.ArgumentParser) -> None:
    """Add what one command understands, apart from --config and --help."""
    if command.with_data:
        own.add_argument("--data", type=Path, metavar="FOLDER", help="the database's folder, instead of store.folder")
    command.add_arguments(own)


def read_arguments(argv: Sequence[str] | None) -> tuple[Command, argparse.Namespace]:
    """Return what was asked for, or leave with help or a usage error (exit code 2)."""
    arguments = parser().parse_args(argv)
    return next(command for command in COMMANDS if command.name == arguments.command), arguments
