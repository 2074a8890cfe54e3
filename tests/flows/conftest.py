"""The real bot against the sandbox, both in this process: what people say and see, played from scenario files."""

import asyncio

import pytest
from pydantic import SecretStr

from bot.app import Muster, Start
from bot.config import Delivery, Settings
from sandbox.server import TOKEN, Sandbox
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.flows.quiet_log import kept, telling

FAST = Settings(delivery=Delivery(per_second=1000, per_chat_per_second=1000, per_group_per_minute=60000))


class Stage:
    """Starts and stops the bot; its store survives, as a disk would."""

    muster: Muster
    settings = FAST
    _running: asyncio.Task[None]

    def __init__(self, sandbox, folder, clock_file):
        self._sandbox = sandbox
        self._folder = folder
        self._clock_file = clock_file
        self.engine = MemoryEngine(ALL_TABLES)

    async def start(self):
        start = Start(
            settings=self.settings,
            token=SecretStr(TOKEN),
            folder=self._folder,
            base_url=self._sandbox.base_url,
            clock_file=self._clock_file,
        )
        self.muster = Muster(start, store=EngineStore(self.engine))
        await self.muster.prepare()
        self._running = asyncio.create_task(self.muster.run())

    async def stop_bot(self):
        self.muster.stop()
        await self.ended()

    async def ended(self):
        """Wait until it has stopped by itself. Raises what ended it, once."""
        running, self._running = self._running, asyncio.ensure_future(asyncio.sleep(0))
        await running

    async def restart_bot(self):
        if not self._running.done():
            await self.stop_bot()
        await self.start()

    async def kill_bot(self):
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)


@pytest.fixture
async def sandbox(tmp_path):
    """A Telegram to play with."""
    sandbox = Sandbox(clock_file=tmp_path / "clock")
    await sandbox.start(port=0)
    yield sandbox
    await sandbox.stop()
    assert sandbox.bugs == []


@pytest.fixture
async def stage(sandbox, tmp_path):
    """A running bot; whatever is played, its log at DEBUG holds nothing personal afterwards."""
    stage = Stage(sandbox, tmp_path / "data", tmp_path / "clock")
    with kept() as log:
        await stage.start()
        yield stage
        await stage.stop_bot()
    assert telling(log.lines, sandbox) == []
