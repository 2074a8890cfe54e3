"""The command line: `python -m bot COMMAND`; `--help` lists the commands, `bot.command_line` holds them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

from bot.command_line.command import Call
from bot.command_line.parser import read_arguments
from bot.config import ConfigError

BAD_CONFIG = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 when all went well, 2 for bad settings."""
    command, arguments = read_arguments(argv)
    warn = partial(print, file=sys.stderr)
    try:
        return command.carry_out(Call(arguments, print, warn))
    except ConfigError as error:
        for mistake in error.mistakes:
            warn(f"config: {mistake}")
        return BAD_CONFIG


if __name__ == "__main__":
    sys.exit(main())
