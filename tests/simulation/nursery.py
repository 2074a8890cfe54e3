"""Starts the real program quickly: everything is imported once, then every start is a fork of this process.

Run as `python -m tests.simulation.nursery`; a process of its own, because forking needs one thread. It reads a line of
JSON with the program's arguments and its log file, forks a child that does what `python -m bot …` does, and answers with
the child's number and how those before it ended.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import bot.app  # noqa: F401 - what a start would import, and most of its time
from bot.__main__ import main as bot_main


class Nursery:
    """The process, as the test sees it.

    Args:
        token: the bot's, handed over in the environment.
        log: the file that the program's output is appended to.
        arguments: of the program.
    """

    def __init__(self, token: str, log: Path, arguments: list[str]) -> None:
        self._order = json.dumps({"arguments": arguments, "log": str(log)}) + "\n"
        self.log = log
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.simulation.nursery"],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "BOT_TOKEN": token},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._child = 0
        self.by_itself: list[int] = []

    def start(self) -> None:
        """Start the program."""
        self._child = self._ask(self._order)

    def kill(self) -> None:
        """`kill -9`."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, and wait until it has ended in order."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._child:
            code = self._ask(json.dumps({"end": self._child, "how": int(how)}) + "\n")
            if code not in {-int(how), 0}:
                self.by_itself.append(code)
            self._child = 0

    def close(self) -> None:
        """End the program and the process."""
        self.kill()
        orders, answers = self._pipes()
        orders.close()
        self._server.wait()
        answers.close()

    def last_lines(self) -> str:
        """The end of the program's output."""
        return self.log.read_text(encoding="utf-8")[-2000:] if self.log.exists() else ""

    def _ask(self, order: str) -> int:
        orders, answers = self._pipes()
        orders.write(order)
        orders.flush()
        return int(answers.readline())

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        return self._server.stdin, self._server.stdout


def _born(order: dict[str, object]) -> int:
    child = os.fork()
    if child:
        return child
    log = os.open(str(order["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(0)
    code = 3
    try:
        arguments = order["arguments"]
        assert isinstance(arguments, list)
        code = bot_main(arguments)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _ended(order: dict[str, int]) -> int:
    """End a child; returns its exit code, negative for the signal that it died of."""
    os.kill(order["end"], order["how"])
    _, status = os.waitpid(order["end"], 0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Serve orders until there are no more."""
    for line in sys.stdin:
        order = json.loads(line)
        print(_ended(order) if "end" in order else _born(order), flush=True)


if __name__ == "__main__":
    main()
