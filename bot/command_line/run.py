"""`python -m bot run`: the bot itself."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
from pathlib import Path

from bot.app import STOPPED, Start, run
from bot.command_line.command import Call, Command
from bot.config import read_token

# How many new objects the cyclic collector waits for. A press makes some thousands that go without it; looking for
# circles among them after every 700, Python's default, took a seventh of a press's processor time.
COLLECT_AFTER = 20_000


def run_bot(call: Call) -> int:
    """Run the bot until it is stopped. Raises ConfigError for wrong settings or a missing token."""
    gc.set_threshold(COLLECT_AFTER, 20, 20)
    start = Start(
        settings=call.settings,
        token=read_token(os.environ),
        folder=call.folder,
        base_url=call.arguments.base_url or call.settings.telegram.base_url,
        clock_file=call.arguments.clock_file,
    )
    try:
        return asyncio.run(run(start))
    except KeyboardInterrupt:
        return STOPPED


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base-url", metavar="URL", help="where the Bot API is, instead of telegram.base_url")
    parser.add_argument(
        "--clock-file",
        type=Path,
        metavar="FILE",
        help="for testing: seconds to add to the clock stand in this file",
    )


RUN = Command(
    "run",
    "run the bot until it is stopped",
    "Needs the token in BOT_TOKEN, or BOT_TOKEN_FILE with the path of a file that holds it. Ctrl-C or SIGTERM stops it "
    "in order. Exit codes: 0 stopped, 1 the store or something else failed, 2 wrong settings, 78 the token is refused.",
    run_bot,
    _arguments,
)
