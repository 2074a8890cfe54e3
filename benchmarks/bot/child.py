"""The stub and the bots that are measured as child processes, watched from outside."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

TOKEN = "123456:benchmark-benchmark-benchmark-bench"
PATIENCE = 300.0  # seconds for whatever is waited for


class Server:
    """A running stub."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.base_url = f"{self.root}/bot"

    async def stats(self) -> dict[str, Any]:
        """What it has seen."""
        seen: dict[str, Any] = await self._get("stats")
        return seen

    async def ready(self) -> None:
        """Return when a bot asks for updates."""
        await self._get("ready")

    async def release(self, presses: int, *, edits: int = 0) -> None:
        """Let so many presses arrive; return when all are answered and so many messages were edited."""
        await self._get(f"release?{presses}&{edits}")

    async def _get(self, path: str) -> Any:
        return await asyncio.to_thread(self._read, path)

    def _read(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.root}/x/{path}", timeout=PATIENCE) as answer:
            return json.load(answer)["result"]


class Program:
    """A running bot."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def cpu(self) -> float:
        """Return the seconds of processor time it has used, all its threads together."""
        return time.clock_gettime((~self._pid << 3) | 2)  # clock_getcpuclockid(3), which Python does not offer

    def memory(self) -> int:
        """Return the bytes of memory it holds."""
        return int(Path(f"/proc/{self._pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@asynccontextmanager
async def stub(*options: str) -> AsyncIterator[Server]:
    """Start a stub with these options; it ends with the block."""
    command = (sys.executable, "-m", "benchmarks.bot.stub", *options)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield Server(int(await process.stdout.readline()))
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def program(*arguments: str) -> AsyncIterator[Program]:
    """Start a Python program; it is asked to stop when the block ends. What it says is shown when it fails."""
    environment = {**os.environ, "BOT_TOKEN": TOKEN}
    with tempfile.TemporaryFile() as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=output, stderr=output, env=environment
        )
        try:
            yield Program(process.pid)
        finally:
            if process.returncode is None:
                process.terminate()
            if await process.wait() not in (0, -15):
                output.seek(0)
                sys.stderr.write(output.read().decode()[-4000:])
