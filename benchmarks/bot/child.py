"""The stub as a child process."""

from __future__ import annotations

import asyncio
import json
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

TOKEN = "123456:benchmark-benchmark-benchmark-bench"


class Server:
    """A running stub."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.base_url = f"{self.root}/bot"

    async def stats(self) -> dict[str, Any]:
        return await asyncio.to_thread(self._stats)

    def _stats(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.root}/x/stats", timeout=10) as answer:
            result: dict[str, Any] = json.load(answer)["result"]
        return result


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
