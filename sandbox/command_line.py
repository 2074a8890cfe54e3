"""`python -m sandbox`: the server, the page and the real bot, with one command."""

import argparse
import asyncio
import contextlib
import errno
import shlex
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

SCENARIOS = Path(__file__).with_name("scenarios")
BOT_SETTINGS = Path(__file__).with_name("bot.toml")
DEMO = SCENARIOS / "demo.scenario"
PORTS_TO_TRY = 50
READY_TIME = 30.0  # seconds that the bot may take to call for the first time

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
        self._child: ChildBot | None = None

    async def run(self) -> int:
        """Start everything, play, wait for Ctrl-C. Returns the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._ended.set)
        await self._listen()
        child = self._child = self._make_child()
        self._sandbox.bot = child
        try:
            await child.start()
            if not self._arguments.headless:
                self._write(f"The sandbox is at  {self._sandbox.address}/   (Ctrl-C stops it)")
            return await self._perform()
        except (ScenarioError, OSError) as failure:
            self._write(str(failure))
            return 2
        finally:
            await child.stop()
            await self._sandbox.stop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def _make_child(self) -> ChildBot:
        data, clock = self._state / "data", self._state / "clock"
        data.mkdir(exist_ok=True)
        command = bot_command(self._arguments.bot, self._sandbox.base_url, data, clock)
        return ChildBot(command, self._sandbox.token, self._state / "bot.log", died=self._bot_died)

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

    def _bot_died(self, code: int) -> None:
        self._write(f"The bot ended by itself with exit code {code}. The last lines of {self._state / 'bot.log'}:")
        if self._child is not None:
            for line in self._child.last_lines():
                self._write(f"    {line}")
        if self._arguments.headless:
            self._ended.set()
        self._sandbox.world.changed("bot", running=False)

    async def _perform(self) -> int:
        path = self._chosen()
        if path is None:
            await self._ended.wait()
            return 0
        play = asyncio.create_task(self._play(path))
        ended = asyncio.create_task(self._ended.wait())
        await asyncio.wait({play, ended}, return_when=asyncio.FIRST_COMPLETED)
        if self._ended.is_set():
            play.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await play
            return 1 if self._arguments.headless else 0
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
        await self._until_called()
        quiet = not self._arguments.headless
        runner = Runner(
            self._sandbox,
            scenario,
            language=self._arguments.language,
            stage=self,
            patience=self._arguments.patience,
            write=None if quiet else self._write,
        )
        outcome = await runner.run()
        if quiet and outcome.failure is not None:
            self._write(f"The demonstration stopped at {outcome.failure}")
        return outcome.held

    async def restart_bot(self) -> None:
        """Start the bot again and wait until it calls."""
        assert self._child is not None
        await self._child.stop()
        self._sandbox.poller.last_poll = None
        await self._child.start()
        await self._until_called()

    async def kill_bot(self) -> None:
        """End the bot at once."""
        assert self._child is not None
        await self._child.kill_bot()

    async def _until_called(self) -> None:
        """Wait for the bot's first sign of life, so that its patience is not the scenario's."""
        for _ in range(int(READY_TIME / 0.05)):
            if self._sandbox.poller.last_poll is not None or self._sandbox.webhook.url:
                return
            await asyncio.sleep(0.05)
        raise ScenarioError(f"the bot did not call within {READY_TIME:.0f} seconds")


def main(argv: Sequence[str] | None, write: Write) -> int:
    """Run the command; returns the exit code."""
    arguments = read_arguments(argv)
    return asyncio.run(_show(arguments, write))


async def _show(arguments: argparse.Namespace, write: Write) -> int:
    return await Show(arguments, write).run()
