"""`python -m bot export`: everything in one file for plain TinyDB, from a store at rest or at work."""

from __future__ import annotations

import asyncio
import errno
import threading

import pytest
from tinydb import TinyDB, where

from storage import open_store
from storage.engine import Kept
from storage.export import export
from storage.tinydb_engine import TinyDBEngine
from tests.command_line.conftest import files_of
from tests.storage_engine.faulty import FaultyFiles, Unsynced, disk_full, forever
from tests.storage_engine.workload import TABLES, count_in, reopened, state_after, transaction, work


async def archive(folder, key):
    store = await open_store(folder)
    record = store.engine.get("people", key)
    assert record is not None
    store.engine.shelf.keep([Kept("people", key, 2024, record)])
    await store.close()


def read(path):
    with TinyDB(path, encoding="utf-8") as database:
        return {name: database.table(name).all() for name in database.tables()}


def test_plain_tinydb_reads_everything_and_the_database_is_untouched(typed, folder, tmp_path):
    before = files_of(folder)

    said = typed("export", tmp_path / "all.json", "--data", folder)

    assert said.code == 0
    assert "people: 3" in said.out
    assert [row["name"] for row in read(tmp_path / "all.json")["people"]] == ["李 0 <b>", "李 1 <b>", "李 2 <b>"]
    assert files_of(folder) == before
    assert (tmp_path / "all.json").stat().st_mode & 0o077 == 0


def test_without_a_name_the_file_is_called_after_the_moment_and_lies_here(typed, folder, tmp_path):
    assert typed("export", "--data", folder).code == 0

    (made,) = (tmp_path / "home").glob("muster-export-20*.json")
    assert len(read(made)["people"]) == 3


async def test_a_bot_at_work_goes_on_and_its_newest_commit_is_in_the_export(typed, folder, tmp_path):
    store = await open_store(folder)
    async with store.transaction() as tx:
        await tx.people.remove("p0")

    said = typed("export", tmp_path / "all.json", "--data", folder)

    assert said.code == 0
    with TinyDB(tmp_path / "all.json", encoding="utf-8") as database:
        assert database.table("people").get(where("id") == "p0") is None
    await store.close()


async def test_an_export_in_an_empty_folder_is_a_database_again(typed, folder, tmp_path):
    again = tmp_path / "again"
    again.mkdir()
    assert typed("export", again / "muster.json", "--data", folder).code == 0

    store = await open_store(again)
    async with store.reading() as tx:
        assert (await tx.people.one("p2")).name == "李 2 <b>"
        assert (await tx.communities.one("c")).name == "河畔 Riverside"
    await store.close()


async def test_archived_records_come_along_each_once(typed, folder, tmp_path):
    await archive(folder, "p0")  # and not taken out of the store: as after a crash in between

    said = typed("export", tmp_path / "all.json", "--data", folder)

    assert "come from the archives" not in said.out
    assert sorted(row["id"] for row in read(tmp_path / "all.json")["people"]) == ["p0", "p1", "p2"]


async def test_what_is_only_archived_is_counted(typed, folder, tmp_path):
    await archive(folder, "p0")
    store = await open_store(folder)
    async with store.transaction() as tx:
        await tx.people.remove("p0")
    await store.close()

    said = typed("export", tmp_path / "all.json", "--data", folder)

    assert "1 of them come from the archives" in said.out
    assert sorted(row["id"] for row in read(tmp_path / "all.json")["people"]) == ["p0", "p1", "p2"]


def test_a_file_that_is_there_is_never_written_over(typed, folder, tmp_path):
    (tmp_path / "mine.json").write_text("mine")

    said = typed("export", tmp_path / "mine.json", "--data", folder)

    assert said.code == 1
    assert "stays as it is" in said.err
    assert (tmp_path / "mine.json").read_text() == "mine"


@pytest.mark.parametrize("made", [False, True])
def test_where_no_database_is_nothing_is_written(typed, tmp_path, made):
    if made:
        (tmp_path / "data").mkdir()

    said = typed("export", tmp_path / "all.json", "--data", tmp_path / "data")

    assert said.code == 1
    assert "There is no database" in said.err
    assert not (tmp_path / "all.json").exists()


def test_a_damaged_database_is_not_exported_and_the_repair_is_named(typed, folder, tmp_path):
    content = bytearray((folder / "muster.json").read_bytes())
    content[40] ^= 1
    (folder / "muster.json").write_bytes(content)

    said = typed("export", tmp_path / "all.json", "--data", folder)

    assert said.code == 1
    assert f"python -m bot repair {folder / 'muster.json'}" in said.err
    assert not (tmp_path / "all.json").exists()


@pytest.mark.parametrize("fault", [disk_full, forever(errno.EIO)], ids=["a full disk", "a dead disk"])
async def test_a_disk_that_fails_leaves_no_half_export(tmp_path, fault):
    await work(tmp_path / "store.json", Unsynced(), lambda _: None, steps=6)
    target = tmp_path / "all.json"
    for at in range(1, 20):
        try:
            export(tmp_path / "store.json", target, FaultyFiles(at, fault))
        except OSError:
            # A name that was given and whose durability alone is unsure belongs to a whole file.
            assert not target.exists() or read(target)["people"]
            target.unlink(missing_ok=True)
        else:
            break
    assert await reopened(target) == state_after(6)


async def test_exports_of_a_store_at_work_show_whole_transactions_in_order(tmp_path):
    path = tmp_path / "store.json"
    engine = await TinyDBEngine.open(path, TABLES, files=Unsynced(), reserve=0)
    made, over = [], threading.Event()

    def keep_exporting():
        while not over.is_set():
            target = tmp_path / f"export-{len(made)}.json"
            export(path, target, Unsynced())
            made.append(target)
        target = tmp_path / "last.json"
        export(path, target, Unsynced())
        made.append(target)

    exporting = asyncio.create_task(asyncio.to_thread(keep_exporting))
    number = 0
    while (len(made) < 8 or number < 40) and not exporting.done():
        number += 1
        engine.apply(transaction(number))
        await engine.commit(transaction(number), "test")
        if number % 7 == 0:
            await engine.snapshot()
    over.set()
    await exporting
    await engine.close()

    counts = []
    for target in made:
        state = await reopened(target)
        assert state == state_after(count_in(state))
        counts.append(count_in(state))
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
