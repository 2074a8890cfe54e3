"""Old records move to yearly TinyDB files, and a crash on the way loses and doubles none."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from storage.archive import Archive, ArchiveDamagedError, Old
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import FaultyFiles, Unsynced, forever
from tests.storage_engine.workload import TABLES, state_after, state_of, transaction

OLD = [Old("shifts", "shift-4", 2024), Old("shifts", "shift-5", 2025), Old("people", "person-1", 2025)]


async def filled(path: Path) -> TinyDBEngine:
    engine = await TinyDBEngine.open(path, TABLES, files=Unsynced(), reserve=0)
    for number in range(1, 9):
        engine.apply(transaction(number))
        await engine.commit(transaction(number), "test")
    return engine


def everywhere(engine: TinyDBEngine, archive: Archive) -> dict[str, list[str]]:
    """The keys of all records, in the store and in its archives, with those that are in both twice."""
    return {
        table.name: sorted(
            json.loads(record)["id"]
            for record in [*engine.all(table.name), *archive.records(table.name, archive.years())]
        )
        for table in TABLES
    }


async def test_old_records_leave_the_store_and_stock_tinydb_finds_them_in_the_file_of_their_year(tmp_path):
    engine = await filled(tmp_path / "store.json")
    archive = Archive(tmp_path / "store.json", TABLES, Unsynced())
    before = everywhere(engine, archive)
    assert await archive.move(engine, OLD) == 3
    assert await archive.move(engine, OLD) == 0
    assert engine.get("shifts", "shift-4") is None
    assert archive.years() == [2024, 2025]
    assert everywhere(engine, archive) == before
    with TinyDB(tmp_path / "store-2025.json", encoding="utf-8") as database:
        assert database.table("shifts").get(where("id") == "shift-5") == state_after(8)["shifts"]["shift-5"]
    await engine.close()


@pytest.mark.parametrize("at", range(1, 16))
async def test_a_disk_that_fails_on_the_way_loses_no_record_and_moving_again_completes(tmp_path, at):
    engine = await filled(tmp_path / "store.json")
    before = state_of(engine)
    archive = Archive(tmp_path / "store.json", TABLES, FaultyFiles(at, forever(errno.ENOSPC)))
    try:
        await archive.move(engine, OLD)
    except OSError:
        assert state_of(engine) == before
    sound = Archive(tmp_path / "store.json", TABLES, Unsynced())
    await sound.move(engine, OLD)
    found = everywhere(engine, sound)
    assert found == {table: sorted(records) for table, records in before.items()}
    await engine.close()


async def test_a_damaged_archive_is_not_written_over(tmp_path):
    engine = await filled(tmp_path / "store.json")
    (tmp_path / "store-2024.json").write_bytes(b'{"shifts":{"1":{')
    with pytest.raises(ArchiveDamagedError):
        await Archive(tmp_path / "store.json", TABLES, Unsynced()).move(engine, OLD)
    assert (tmp_path / "store-2024.json").read_bytes() == b'{"shifts":{"1":{'
    assert state_of(engine) == state_after(8)
    await engine.close()
