"""Yearly files beside the store: plain TinyDB, and a crash on the way loses no record and doubles none."""

from __future__ import annotations

import asyncio
import errno
import json
import random

import pytest
from tinydb import TinyDB, where

from bot.ports.store import ArchiveFailed, StoreFailed
from storage.archive import Archive, ArchiveDamagedError
from storage.archiving import ArchiveRows
from storage.engine import Kept
from storage.records import ALL_TABLES
from storage.store import EngineStore
from storage.tinydb_engine import TinyDBEngine
from tests.contracts.test_archives import EVER, OLD, C, begin
from tests.contracts.test_store import NOW
from tests.storage_engine.faulty import FaultyFiles, LosingPower, Unsynced, disk_full, forever

EVERYBODY = 4 * 3


async def opened(path, files=None):
    return EngineStore(await TinyDBEngine.open(path, ALL_TABLES, files=files or Unsynced(), reserve=0))


async def everywhere(store):
    """Every shift, place and log entry, wherever it is; one that is in both places counts once."""
    async with store.reading() as tx:
        shifts = [s.id for s in await tx.shifts.of_community(C, *EVER)]
        log = [e.id for e in await tx.log.of_community(C, limit=99)]
    places = [json.loads(record)["id"] for record in store.engine.all("assignments")]
    archive = store.archive
    return (
        sorted([*shifts, *(s.id for s in await archive.shifts(C, *EVER))]),
        sorted([*log, *(e.id for e in await archive.log(C, *EVER))]),
        sorted([*places, *(a.id for a in await archive.assignments(C, *EVER))]),
    )


async def test_stock_tinydb_finds_old_records_in_the_file_of_their_year(tmp_path):
    store = await opened(tmp_path / "muster.json")
    await begin(store)
    await store.archive.put_away(NOW - OLD)
    await store.close()

    assert sorted(path.name for path in tmp_path.glob("muster-*")) == ["muster-2024.json", "muster-2025.json"]
    with TinyDB(tmp_path / "muster-2024.json", encoding="utf-8") as database:
        assert database.table("shifts").get(where("id") == "c-0")["community_id"] == "c"
        assert len(database.table("assignments")) == 3


def test_keeping_a_record_again_takes_the_place_of_the_first(tmp_path):
    archive = Archive(tmp_path / "muster.json", Unsynced())
    for text in ("first", "second"):
        archive.keep([Kept("log", "a", 2024, b'{"id":"a","text":"%b"}' % text.encode())])
    archive.keep([Kept("log", "b", 2024, b'{"id":"b"}')])

    assert archive.years() == [2024]
    assert archive.records("log", [2024]) == [b'{"id":"a","text":"second"}', b'{"id":"b"}']


def test_an_archive_that_stock_tinydb_wrote_to_is_read_and_kept_on(tmp_path):
    archive = Archive(tmp_path / "muster.json", Unsynced())
    archive.keep([Kept("log", f"e{n}", 2024, b'{"id":"e%d","text":"\xe5\xa4\x9c"}' % n) for n in range(3)])
    with TinyDB(tmp_path / "muster-2024.json", encoding="utf-8") as database:
        database.table("log").update({"text": "changed"}, where("id") == "e1")
        database.table("other").insert({"id": "x"})

    archive.keep([Kept("log", "e3", 2024, b'{"id":"e3"}')])

    with TinyDB(tmp_path / "muster-2024.json", encoding="utf-8") as database:
        assert [(row.doc_id, row["id"]) for row in database.table("log")] == [(n + 1, f"e{n}") for n in range(4)]
        assert database.table("log").get(where("id") == "e1")["text"] == "changed"
        assert database.table("other").all() == [{"id": "x"}]


def test_every_line_of_an_archive_that_is_cut_or_missing_is_noticed(tmp_path):
    archive = Archive(tmp_path / "muster.json", Unsynced())
    archive.keep([Kept(table, f"{table}{n}", 2024, b'{"id":"%d"}' % n) for table in "ab" for n in range(3)])
    whole = archive.path(2024).read_bytes()
    lines = whole.splitlines(keepends=True)
    damaged = [whole[:cut] for cut in range(1, len(whole))]
    damaged += [b"".join(lines[:n] + lines[n + 1 :]) for n in (0, 3, 4, 7, 8)]
    for content in damaged:
        archive.path(2024).write_bytes(content)
        with pytest.raises(ArchiveDamagedError):
            archive.keep([Kept("a", "new", 2024, b'{"id":"new"}')])
        assert archive.path(2024).read_bytes() == content


@pytest.mark.parametrize("fault", [forever(errno.EIO), disk_full], ids=["a dead disk", "a full disk"])
async def test_a_disk_that_fails_on_the_way_loses_nothing_and_the_next_time_completes(tmp_path, fault):
    for at in range(1, 99):
        path = tmp_path / str(at) / "muster.json"
        path.parent.mkdir()
        files = FaultyFiles(0, fault)
        store = await opened(path, files)
        await begin(store)
        before = await everywhere(store)
        files.at = files.calls + at
        try:
            await store.archive.put_away(NOW - OLD)
            done = True
        except (ArchiveFailed, StoreFailed):
            done = False
        files.at = 0
        await asyncio.gather(store.close(), return_exceptions=True)

        again = await opened(path)
        assert await everywhere(again) == before
        await again.archive.put_away(NOW - OLD)
        assert await everywhere(again) == before
        assert len(again.engine.all("shifts")) == 2
        await again.close()
        if done:
            break
    else:
        pytest.fail("it never came to its end")


async def test_a_power_loss_on_the_way_loses_nothing(tmp_path):
    for at in range(1, 99, 2):
        path, after = tmp_path / str(at) / "muster.json", tmp_path / f"{at}-after" / "muster.json"
        path.parent.mkdir()
        after.parent.mkdir()
        files = LosingPower(0, random.Random(at))
        store = await opened(path, files)
        await begin(store)
        before = await everywhere(store)
        files.at = files.calls + at
        try:
            await store.archive.put_away(NOW - OLD)
            done = True
        except (ArchiveFailed, StoreFailed):
            done = False
        files.after_power_loss(after.parent)
        await asyncio.gather(store.close(), return_exceptions=True)

        again = await opened(after)
        assert await everywhere(again) == before
        await again.archive.put_away(NOW - OLD)
        assert await everywhere(again) == before
        await again.close()
        if done:
            break


async def test_a_damaged_archive_is_not_written_over_and_the_store_goes_on(tmp_path):
    store = await opened(tmp_path / "muster.json")
    await begin(store)
    before = await everywhere(store)
    (tmp_path / "muster-2025.json").write_bytes(b'{"shifts":{"1":{')

    with pytest.raises(ArchiveFailed, match=r"muster-2025\.json"):
        await store.archive.put_away(NOW - OLD)
    with pytest.raises(ArchiveDamagedError):
        store.engine.shelf.records("shifts", [2025])

    assert (tmp_path / "muster-2025.json").read_bytes() == b'{"shifts":{"1":{'
    assert len(store.engine.all("shifts")) == len(before[0])
    async with store.transaction() as tx:
        await tx.shifts.remove("c-3")
    await store.close()


async def test_a_row_that_changes_while_it_is_being_archived_stays_as_it_is_now(tmp_path):
    store = await opened(tmp_path / "muster.json")
    await begin(store)

    class ChangedMeanwhile(ArchiveRows):
        async def _take_out(self, kept):
            async with store.transaction() as tx:
                await tx.shifts.save(await tx.shifts.one("c-0"))
            return await super()._take_out(kept)

    await ChangedMeanwhile(store.engine, store._lock).put_away(NOW - OLD)
    async with store.reading() as tx:
        assert (await tx.shifts.one("c-0")).version > 1
    await store.archive.put_away(NOW - OLD)
    (first, _) = await store.archive.shifts(C, *EVER)
    assert first.version > 1
    await store.close()
