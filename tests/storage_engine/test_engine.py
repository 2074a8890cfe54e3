"""What the engine promises besides surviving: order, refusals, one fsync for many, one record for a transaction."""

from __future__ import annotations

import asyncio
import json

import msgspec
import pytest
from tinydb import TinyDB

from storage.engine import Change, EngineFailedError
from storage.indexes import CHUNK, Group
from storage.journal import CHANGES_PER_RECORD, Layout
from storage.journal_format import scan
from storage.live_rows import RecordRefusedError
from storage.snapshot import pieces
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import FaultyFiles, Unsynced
from tests.storage_engine.workload import TABLES, state_after, state_of, transaction


def person(key: str, **fields: object) -> Change:
    return Change("people", key, msgspec.json.encode({"id": key, **fields}))


async def test_after_a_clean_stop_stock_tinydb_reads_everything(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES)
    for number in range(1, 9):
        engine.apply(transaction(number))
        await engine.commit(transaction(number), "test")
    await engine.close()
    with TinyDB(tmp_path / "store.json", encoding="utf-8") as database:
        assert {table: {one["id"]: one for one in database.table(table)} for table in database.tables()} == state_after(
            8
        )


async def test_many_waiting_commits_share_one_write_and_one_fsync_and_keep_their_order(tmp_path):
    files = FaultyFiles()
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=files)
    engine.apply([person("first")])
    await engine.commit([person("first")], "first")
    files.log.clear()
    done: list[int] = []

    async def claim(number: int) -> None:
        changes = [person("last", number=number)]
        engine.apply(changes)
        await engine.commit(changes, f"claim {number}")
        done.append(number)

    await asyncio.gather(*(claim(number) for number in range(500)))
    assert done == list(range(500))
    assert files.log.count("sync_content") < 100
    last = engine.get("people", "last")
    assert last is not None
    assert json.loads(last)["number"] == 499
    await engine.close()


async def test_a_large_transaction_is_split_into_records_and_stays_one(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    changes = [person(f"p{number}") for number in range(2 * CHANGES_PER_RECORD + 1)]
    engine.apply(changes)
    await engine.commit(changes, "import")
    records = scan(Layout(tmp_path / "store.json").journal(1).read_bytes(), 1).records
    assert [len(record.changes) for record in records[-3:]] == [1000, 1000, 1]
    assert [record.more for record in records[-3:]] == [True, True, False]
    assert {record.cause for record in records[-3:]} == {"import"}
    await engine.close()


async def test_a_refused_record_leaves_no_trace_of_its_transaction(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    engine.apply(transaction(1))
    await engine.commit(transaction(1), "test")
    wrong = [
        Change("people", "b", b'{"id":"a"}'),
        Change("people", "b", b'{"name":"no key"}'),
        Change("people", "b", b'{"id":'),
        Change("people", "b", b'{"id":\n"b"}'),
        Change("shifts", "x", b'{"id":"x","community":"c0","starts_at":5}'),
        Change("shifts", "x", b'{"id":"x","community":["a"]}'),
    ]
    for change in wrong:
        with pytest.raises(RecordRefusedError):
            engine.apply([person("new"), Change("people", "counter", None), change])
        assert state_of(engine) == state_after(1)
    with pytest.raises(KeyError):
        engine.apply([person("new"), Change("nowhere", "x", b"{}")])
    assert state_of(engine) == state_after(1)
    await engine.close()


async def test_taking_out_what_is_not_there_is_fine(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    changes = [Change("people", "nobody", None)]
    engine.apply(changes)
    await engine.commit(changes, "test")
    assert engine.all("people") == []
    await engine.close()


async def test_a_closed_engine_takes_nothing_more_and_closing_twice_is_fine(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    await engine.close()
    await engine.close()
    with pytest.raises(EngineFailedError):
        engine.apply([person("late")])
    with pytest.raises(EngineFailedError):
        await engine.settled()


async def test_a_snapshot_is_taken_by_itself_when_the_journal_has_grown(tmp_path, monkeypatch):
    monkeypatch.setattr("storage.live_store.SMALLEST_JOURNAL", 2000)
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    for number in range(1, 60):
        engine.apply(transaction(number))
        await engine.commit(transaction(number), "test")
    if engine._snapshot is not None:  # a slow machine may still be writing the one that began by itself
        await asyncio.wait([engine._snapshot])
    layout = Layout(tmp_path / "store.json")
    assert layout.previous.exists()
    assert len(layout.segments(Unsynced())) <= 3
    await engine.close()
    again = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    assert state_of(again) == state_after(59)
    await again.close()


async def test_a_snapshot_waits_for_what_is_applied_and_not_yet_committed(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    engine.apply([person("half")])
    snapshot = asyncio.create_task(engine.snapshot())
    done, _ = await asyncio.wait([snapshot], timeout=0.05)
    assert not done
    assert b"half" not in (tmp_path / "store.json").read_bytes()
    await engine.commit([person("half")], "test")
    await snapshot
    assert b"half" in (tmp_path / "store.json").read_bytes()
    await engine.close()


@pytest.mark.parametrize("turns", [0, 1, 2, 50], ids=lambda turns: f"{turns} turns of the loop into a snapshot")
async def test_what_was_applied_and_never_committed_is_not_there_after_a_stop(tmp_path, turns):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    engine.apply(transaction(1))
    await engine.commit(transaction(1), "test")
    engine.apply([person("half")])
    snapshot = asyncio.create_task(engine.snapshot())
    for _ in range(turns):
        await asyncio.sleep(0)
    await engine.close()
    await snapshot
    again = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    assert state_of(again) == state_after(1)
    await again.close()


async def test_no_piece_of_a_snapshot_packs_more_than_a_thousand_documents(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=Unsynced(), reserve=0)
    changes = [person(f"p{number}") for number in range(2500)]
    engine.apply(changes)
    await engine.commit(changes, "import")
    assert max(piece.count(b"\n") for piece in pieces(engine.store.tables)) == 1000
    await engine.close()


def test_a_group_of_many_chunks_adds_finds_and_takes_out_like_a_sorted_list():
    entries = [(place * 31 % 97, place) for place in range(3 * CHUNK)]
    group = Group([entries[0][0]], [entries[0][1]])
    for value, number in entries[1:]:
        group.add(value, number)
    for value, number in entries[::3]:
        group.remove(value, number)
        entries.remove((value, number))
    entries.sort()
    assert list(group.numbers(None, None, descending=False)) == [number for _, number in entries]
    for low, high in ((0, 1), (5, 40), (40, 5), (None, 50), (96, None), (97, 99), (-1, 0)):
        inside = [
            number for value, number in entries if (low is None or value >= low) and (high is None or value < high)
        ]
        assert list(group.numbers(low, high, descending=False)) == inside
        assert list(group.numbers(low, high, descending=True)) == inside[::-1]
    with pytest.raises(KeyError):
        group.remove(1, -1)
