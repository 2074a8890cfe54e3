"""The real bot as a child process of the sandbox."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

STOP_TIME = 10.0  # seconds that the bot may take to stop in an orderly way
LAST_LINES = 25


class ChildBot:
    """Starts, stops and kills the bot; its output goes to a file.

    Args:
        command: gives program and arguments at each start; the token is never among them.
        token: handed over as BOT_TOKEN in the environment.
        log_file: where its output goes, appended.
        died: called with the exit code when it ends without being asked to.
        environment: more variables for it.
    """

    def __init__(
        self,
        command: Callable[[], Sequence[str]],
        token: str,
        log_file: Path,
        *,
        died: Callable[[int], None],
        environment: dict[str, str] | None = None,
    ) -> None:
        self._command = command
        self._environment = {**os.environ, **(environment or {}), "BOT_TOKEN": token}
        self._log_file = log_file
        self._died = died
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._expected_end = False

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.returncode is None

    def last_lines(self) -> list[str]:
        """The end of its log."""
        if not self._log_file.exists():
            return []
        return self._log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]

    async def start(self) -> None:
        """Start it. Raises `OSError` when the program is not there."""
        self._expected_end = False
        with self._log_file.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self._command(),
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,  # Ctrl-C reaches the sandbox alone, which then stops the bot in order
            )
        self._watch = asyncio.create_task(self._wait(self._process))

    async def _wait(self, process: asyncio.subprocess.Process) -> None:
        code = await process.wait()
        if not self._expected_end:
            self._died(code)

    async def stop(self) -> None:
        """Ask it to stop (SIGTERM); after ten seconds, make it."""
        await self._end(signal.SIGTERM)

    async def kill_bot(self) -> None:
        """End it at once (SIGKILL), as a power cut would."""
        await self._end(signal.SIGKILL)

    async def _end(self, how: signal.Signals) -> None:
        self._expected_end = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        try:
            await asyncio.wait_for(process.wait(), STOP_TIME)
        except TimeoutError:
            process.kill()
            await process.wait()
        if self._watch is not None:
            await self._watch
