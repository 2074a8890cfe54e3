"""A store of an earlier version: opened once, every record brought over exactly once, whatever happens meanwhile."""

from __future__ import annotations

import errno
import json
import random
import shutil
from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB

from storage import FILE, open_store
from storage.damage import StoreRefusedError
from storage.engine import Change, EngineFailedError, Index, Table
from storage.migrations import Migrations, NewerRecordError, RecordNotMigratedError
from storage.records import ALL_TABLES, COUNTERS, MIGRATIONS, TABLES, Codec
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import FaultyFiles, LosingPower, Unsynced, disk_full, forever, once

SAMPLES = sorted((Path(__file__).parent / "samples").glob("schema-*.json"))
PLACES = Table("places", "id", (Index("by_label", ("label",)),))
OTHERS = Table("others", "id")
TABLES_NOW = (PLACES, OTHERS)


def renamed(record):
    """From schema 1 to 2: `name` becomes `label`."""
    return {("label" if field == "name" else field): value for field, value in record.items()}


def counted(record):
    """From schema 2 to 3: how often it was brought over, which shows when a step is done twice."""
    return {**record, "moves": record.get("moves", 0) + 1}


NOW = Migrations(["places"], {"places": (renamed, counted)})


def place(number, schema=1):
    if schema == 1:
        return {"schema": 1, "id": f"p{number}", "name": f"门 {number}"}
    return {"schema": 3, "id": f"p{number}", "label": f"门 {number}", "moves": 1}


async def old_store(path, files=None, count=9):
    """A store that the version before wrote: some records in the snapshot, some in the journal only."""
    table = Table("places", "id", (Index("by_name", ("name",)),))
    files = files or Unsynced()
    engine = await TinyDBEngine.open(path, (table, OTHERS), files=files, reserve=0)
    for number in range(count):
        changes = [
            Change("places", f"p{number}", msgspec.json.encode(place(number))),
            Change("others", f"o{number}", b'{"id":"o%d"}' % number),
        ]
        engine.apply(changes)
        await engine.commit(changes, "test")
        if number == count // 2:
            await engine.snapshot()
    return engine


async def killed_store(directory, **how):
    """The same, as a crash leaves it."""
    work = directory / "work"
    work.mkdir()
    engine = await old_store(work / "store.json", **how)
    for file in work.iterdir():
        shutil.copy(file, directory / file.name)
    await engine.close()
    shutil.rmtree(work)
    return directory / "store.json"


async def opened(path, files=None, migrations=NOW):
    return await TinyDBEngine.open(path, TABLES_NOW, files=files or Unsynced(), reserve=0, migrations=migrations)


def found(engine):
    return [json.loads(record) for record in engine.all("places")]


def brought_over(count=9):
    return [place(number, schema=3) for number in range(count)]


async def test_every_record_is_brought_over_once_and_found_by_its_new_fields(tmp_path):
    path = await killed_store(tmp_path)

    for _ in range(2):
        engine = await opened(path)
        assert found(engine) == brought_over()
        assert [json.loads(one)["id"] for one in engine.find("places", "by_label", ("门 4",))] == ["p4"]
        assert len(engine.all("others")) == 9
        await engine.close()


async def test_the_operator_is_told_and_the_second_start_has_nothing_to_tell(tmp_path):
    path = await killed_store(tmp_path)

    engine = await opened(path)
    told = " ".join(engine.notes)
    await engine.close()
    again = await opened(path)

    assert "brought 9 records of an earlier version" in told
    assert again.notes == ()
    await again.close()


async def test_what_was_there_is_kept_as_a_file_that_the_version_before_opens(tmp_path):
    path = await killed_store(tmp_path)
    await (await opened(path)).close()

    (backup,) = tmp_path.glob("store.schema-1.*Z.json")
    with TinyDB(backup, encoding="utf-8") as database:
        assert database.table("places").all() == [place(number) for number in range(9)]
    before = Table("places", "id", (Index("by_name", ("name",)),))
    engine = await TinyDBEngine.open(backup, (before, OTHERS), files=Unsynced(), reserve=0)
    assert [record["name"] for record in found(engine)] == [f"门 {number}" for number in range(9)]
    await engine.close()


async def test_a_store_in_the_present_shape_is_opened_without_a_backup(tmp_path):
    path = await killed_store(tmp_path)
    await (await opened(path)).close()
    before = {file.name: file.read_bytes() for file in tmp_path.glob("store*.json")}

    await (await opened(path)).close()

    assert {file.name: file.read_bytes() for file in tmp_path.glob("store*.json")} == before


async def calls_of_an_upgrade(directory):
    directory.mkdir()
    files = FaultyFiles()
    await (await opened(await killed_store(directory), files)).close()
    return files.calls


FAULTS = {"dead": forever(errno.EIO), "one EIO": once(errno.EIO), "full": disk_full, "read-only": forever(errno.EROFS)}


@pytest.mark.parametrize("name", FAULTS)
async def test_an_upgrade_that_stops_somewhere_is_done_once_and_wholly_by_the_next_start(tmp_path, name):
    await stop_at_each(tmp_path, FAULTS[name], step=5, first=1 + list(FAULTS).index(name))


@pytest.mark.soak
@pytest.mark.parametrize("name", FAULTS)
async def test_an_upgrade_that_stops_anywhere_is_done_once_and_wholly_by_the_next_start(tmp_path, name):
    await stop_at_each(tmp_path, FAULTS[name], step=1, first=1)


async def stop_at_each(tmp_path, fault, *, step, first):
    for at in range(first, await calls_of_an_upgrade(tmp_path / "sound") + 1, step):
        directory = tmp_path / str(at)
        directory.mkdir()
        path = await killed_store(directory, count=5)
        try:
            engine = await opened(path, FaultyFiles(at, fault))
            await engine.close()
        except (OSError, EngineFailedError):
            pass

        engine = await opened(path)
        assert found(engine) == brought_over(5), at
        await engine.close()
        (backup,) = directory.glob("store.schema-1.*Z.json")
        with TinyDB(backup, encoding="utf-8") as database:
            assert database.table("places").all() == [place(number) for number in range(5)]


async def test_a_power_loss_in_the_midst_of_an_upgrade_leaves_the_old_store_or_the_new(tmp_path):
    for at in range(1, 200, 4):
        directory, after = tmp_path / str(at), tmp_path / f"{at}-after"
        directory.mkdir()
        after.mkdir()
        files = LosingPower(0, random.Random(at))
        await (await old_store(directory / "store.json", files, count=5)).close()
        before = files.calls
        files.at = before + at
        try:
            await (await opened(directory / "store.json", files)).close()
        except (OSError, EngineFailedError):
            files.after_power_loss(after)
        else:
            break
        engine = await opened(after / "store.json")
        assert found(engine) == brought_over(5), at
        await engine.close()
    else:
        pytest.fail("the upgrade never came to its end")


async def test_work_begins_only_when_the_new_shape_is_durable(tmp_path):
    path = await killed_store(tmp_path)
    before = path.read_bytes()

    class NoRoomForSnapshots(Unsynced):
        def create(self, path):
            if path.name == "store.json.draft":
                raise OSError(errno.ENOSPC, "no room")
            return super().create(path)

    with pytest.raises(OSError, match="no room"):
        await opened(path, NoRoomForSnapshots())
    assert path.read_bytes() == before
    await (await opened(path)).close()


async def test_what_a_crash_left_half_written_is_cleared_away(tmp_path):
    path = await killed_store(tmp_path)
    for name in ("store.schema-1.20260101T000000Z.json.draft", "store-2024.json.draft", "store.json.draft"):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / "store2.json.draft").write_bytes(b"another's")

    await (await opened(path)).close()

    assert [file.name for file in tmp_path.glob("*.draft")] == ["store2.json.draft"]


async def test_records_of_a_newer_version_are_refused_plainly_and_nothing_is_written(tmp_path):
    path = await killed_store(tmp_path)
    await (await opened(path)).close()
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    with pytest.raises(StoreRefusedError) as refusal:
        await opened(path, migrations=Migrations(["places"], {"places": (renamed,)}))

    assert "a record of schema 3, written by a newer version" in str(refusal.value)
    assert "run the newer version" in str(refusal.value)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


async def test_a_step_that_cannot_handle_a_record_changes_nothing(tmp_path):
    path = await killed_store(tmp_path)
    main = path.read_bytes()

    with pytest.raises(StoreRefusedError, match="cannot be brought to 2: KeyError"):
        await opened(path, migrations=Migrations(["places"], {"places": (lambda record: record["no such field"],)}))

    assert path.read_bytes() == main


@pytest.mark.parametrize("packed", [b'{"id":"p1","schema":9}', b'{"schema":0,"id":"p1"}'])
def test_a_number_that_no_shape_of_ours_has_is_refused(packed):
    with pytest.raises(NewerRecordError):
        NOW.plan({"places": {1: packed}})


def test_a_number_that_is_none_is_refused():
    with pytest.raises(RecordNotMigratedError):
        NOW.plan({"places": {1: b'{"schema":"two","id":"p1"}'}})


def test_a_record_that_another_program_wrote_in_another_order_is_known_by_its_number():
    assert NOW.plan({"places": {1: b'{"id":"p1","label":"x","moves":1,"schema":3}'}}).count == 0


def test_there_is_a_sample_of_every_shape_there_ever_was():
    oldest_to_newest = range(1, max(MIGRATIONS.present(table.name) for table in TABLES.values()) + 1)

    assert {int(path.stem.partition("-")[2]) for path in SAMPLES} >= set(oldest_to_newest)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
async def test_a_stored_sample_of_every_version_opens_and_every_record_is_understood(sample, tmp_path):
    """Never change a sample: it is what people's machines hold."""
    shutil.copy(sample, tmp_path / FILE)
    raw = json.loads(sample.read_text(encoding="utf-8"))
    store = await open_store(tmp_path)
    counts = {table.name: len(store.engine.all(table.name)) for table in ALL_TABLES}
    for entity, table in TABLES.items():
        codec = Codec(entity)
        for record in store.engine.all(table.name):
            assert codec.decode(record)
            assert json.loads(record)["schema"] == MIGRATIONS.present(table.name)
    await store.close()

    assert {name: count for name, count in counts.items() if name in raw} == {n: len(rows) for n, rows in raw.items()}
    assert counts[COUNTERS.name] == 1


async def test_the_sample_of_the_first_version_still_says_what_it_said(tmp_path):
    shutil.copy(SAMPLES[0], tmp_path / FILE)
    store = await open_store(tmp_path)
    async with store.reading() as tx:
        (community,) = await tx.communities.all_ready()
        members = [await tx.people.one(one.person_id) for one in await tx.memberships.of_community(community.id)]
        (gate,) = await tx.checkpoints.of_community(community.id)
    await store.close()

    assert (community.name, community.zone, gate.name) == ("Court", "Asia/Shanghai", "East Gate")
    assert sorted(member.name for member in members) == ["Chen", "Grandma <b>Liu", "Li"]
