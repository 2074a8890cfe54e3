"""Every store there is, each opened for every test of the contract."""

import pytest

from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from storage.tinydb_engine import TinyDBEngine


async def memory_store(_folder):
    return EngineStore(MemoryEngine(ALL_TABLES))


async def tinydb_store(folder):
    return EngineStore(await TinyDBEngine.open(folder / "muster.json", ALL_TABLES))


@pytest.fixture(params=[memory_store, tinydb_store], ids=["memory", "tinydb"])
async def store(request, tmp_path):
    opened = await request.param(tmp_path)
    yield opened
    await opened.close()
