"""`python -m sandbox`: the server, the page and the real bot, with one command."""

import argparse
import asyncio
import contextlib
import errno
import shlex
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from sandbox.child import ChildBot
from sandbox.scenario.model import ScenarioError
from sandbox.scenario.parse import read_scenario
from sandbox.scenario.run import Runner
from sandbox.server import Sandbox
from sandbox.stage import ManagedBot

SCENARIOS = Path(__file__).with_name("scenarios")
BOT_SETTINGS = Path(__file__).with_name("bot.toml")
DEMO = SCENARIOS / "demo.scenario"
PORTS_TO_TRY = 50

Write = Callable[[str], None]


def read_arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8484, help="where to listen; the next free one if it is taken")
    parser.add_argument("--state", type=Path, help="directory for clock, log and the bot's files (default: a new one)")
    parser.add_argument(
        "--headless", action="store_true", help="play a scenario, print the transcript, exit 0 if it held"
    )
    parser.add_argument("--scenario", help="a name in sandbox/scenarios, or a path")
    parser.add_argument("--language", choices=("en", "zh"), default="en", help="what the scenario is played in")
    parser.add_argument("--patience", type=float, default=5.0, help="seconds that something may take to come true")
    parser.add_argument("--no-demo", action="store_true", help="begin with an empty world")
    parser.add_argument(
        "--bot", help="the bot's command instead of the real one; {url}, {data} and {clock} are filled in"
    )
    return parser.parse_args(argv)


def scenario_path(name: str) -> Path:
    """A path, or the name of a scenario that comes with the sandbox. Raises `ScenarioError` if there is none."""
    for path in (Path(name), SCENARIOS / f"{name}.scenario"):
        if path.is_file():
            return path
    there = ", ".join(sorted(path.stem for path in SCENARIOS.glob("*.scenario")))
    raise ScenarioError(f"no scenario is called {name}; there are {there or 'none'}")


def bot_command(template: str | None, url: str, data: Path, clock: Path) -> list[str]:
    """The bot's program and arguments."""
    if template is not None:
        filled = {"{url}": url, "{data}": str(data), "{clock}": str(clock)}
        return [_filled(word, filled) for word in shlex.split(template)]
    where = ["--base-url", url, "--data", str(data), "--clock-file", str(clock)]
    return [sys.executable, "-m", "bot", "--config", str(BOT_SETTINGS), "run", *where]


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(name, value)
    return word


class Show:
    """One run of the sandbox with its bot.

    Args:
        arguments: the command line.
        write: takes what is printed, a line at a time.
    """

    def __init__(self, arguments: argparse.Namespace, write: Write) -> None:
        self._arguments = arguments
        self._write = write
        self._state = arguments.state or Path(tempfile.mkdtemp(prefix="muster-sandbox-"))
        self._state.mkdir(parents=True, exist_ok=True)
        self._sandbox = Sandbox(clock_file=self._state / "clock")
        self._ended = asyncio.Event()
        self._failed = False
        self._bot = ManagedBot(self._sandbox, self._make_child, died=self._bot_died)

    async def run(self) -> int:
        """Start everything, play, wait for Ctrl-C. Returns the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._ended.set)
        code = 2
        try:
            code = await self._run()
        except (ScenarioError, OSError) as failure:
            self._write(str(failure))
        finally:
            await self._bot.stop()
            await self._sandbox.stop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)
        if code == 0 and self._arguments.state is None:
            shutil.rmtree(self._state, ignore_errors=True)
        return code

    async def _run(self) -> int:
        path = self._chosen()
        self._sandbox.bot = self._bot
        await self._listen()
        await self._bot.start()
        if not self._arguments.headless:
            self._write(f"The sandbox is at  {self._sandbox.address}/   (Ctrl-C stops it)")
        return await self._perform(path)

    def _make_child(self, died: Callable[[int], None]) -> ChildBot:
        data, clock = self._state / "data", self._state / "clock"
        data.mkdir(exist_ok=True)

        def command() -> list[str]:
            return bot_command(self._arguments.bot, self._sandbox.base_url, data, clock)

        return ChildBot(command, self._sandbox.token, self._state / "bot.log", died=died)

    async def _listen(self) -> None:
        first = self._arguments.port
        for port in range(first, first + PORTS_TO_TRY):
            try:
                await self._sandbox.start(0 if self._arguments.headless else port)
            except OSError as taken:
                if taken.errno != errno.EADDRINUSE:
                    raise
            else:
                return
        raise ScenarioError(f"no free port between {first} and {first + PORTS_TO_TRY - 1}")

    def _bot_died(self, code: int, last_lines: list[str]) -> None:
        self._write(f"The bot ended by itself with exit code {code}. The last lines of {self._state / 'bot.log'}:")
        for line in last_lines:
            self._write(f"    {line}")
        self._failed = self._arguments.headless or not self._bot.has_called
        if self._failed:
            self._ended.set()

    async def _perform(self, path: Path | None) -> int:
        if path is None:
            await self._ended.wait()
            return int(self._failed)
        play = asyncio.create_task(self._play(path))
        ended = asyncio.create_task(self._ended.wait())
        await asyncio.wait({play, ended}, return_when=asyncio.FIRST_COMPLETED)
        if self._ended.is_set():
            play.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await play
            return int(self._failed or self._arguments.headless)
        held = await play
        if not self._arguments.headless:
            await ended
            return 0
        ended.cancel()
        return 0 if held else 1

    def _chosen(self) -> Path | None:
        if self._arguments.scenario is not None:
            return scenario_path(self._arguments.scenario)
        if self._arguments.headless:
            raise ScenarioError("--headless needs --scenario NAME_OR_PATH")
        return DEMO if DEMO.is_file() and not self._arguments.no_demo else None

    async def _play(self, path: Path) -> bool:
        scenario = read_scenario(path)
        await self._bot.until_called()
        quiet = not self._arguments.headless
        runner = Runner(
            self._sandbox,
            scenario,
            language=self._arguments.language,
            stage=self._bot,
            patience=self._arguments.patience,
            write=None if quiet else self._write,
        )
        outcome = await runner.run()
        if quiet and outcome.failure is not None:
            self._write(f"The demonstration stopped at {outcome.failure}")
        return outcome.held


def main(argv: Sequence[str] | None, write: Write) -> int:
    """Run the command; returns the exit code."""
    arguments = read_arguments(argv)
    return asyncio.run(_show(arguments, write))


async def _show(arguments: argparse.Namespace, write: Write) -> int:
    return await Show(arguments, write).run()
