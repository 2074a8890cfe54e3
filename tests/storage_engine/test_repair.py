"""What a damaged store gives back, and that its own files are left as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import TinyDB

from storage.journal import Layout
from storage.journal_format import FRAME, scan
from storage.repair import inspect, repair
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import Unsynced
from tests.storage_engine.workload import TABLES, reopened, state_after, transaction, work


@pytest.fixture
async def two_generations(tmp_path) -> Path:
    """A store that was stopped cleanly after 20 transactions; its previous snapshot holds ten."""
    path = tmp_path / "store.json"
    for _ in range(2):
        await work(path, Unsynced(), lambda _: None, steps=10, at_once=2)
    return path


def spoil(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def files_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if "repaired" not in file.name}


async def test_a_damaged_snapshot_is_rebuilt_from_the_one_before_and_the_journal(two_generations):
    spoil(two_generations, 700)
    before = files_of(two_generations)
    saved = repair(two_generations)
    saved.write(two_generations.with_name("repaired.json"))
    assert files_of(two_generations) == before
    assert saved.lost == []
    assert "store.json.previous is whole" in str(saved)
    assert await reopened(two_generations.with_name("repaired.json")) == state_after(20)


async def test_without_any_whole_snapshot_every_whole_line_is_saved_and_the_others_are_named(two_generations):
    document = two_generations.read_bytes().index(b'"shift-18"') - 1
    spoil(two_generations, document)
    two_generations.with_name("store.json.previous").unlink()
    for segment in Layout(two_generations).segments(Unsynced())[:-1]:
        Layout(two_generations).journal(segment).unlink()
    saved = repair(two_generations)
    assert any("a document of table shifts" in loss for loss in saved.lost)
    assert len(saved.contents["shifts"]) == 4
    assert len(saved.contents["people"]) == 8


async def test_a_damaged_journal_gives_what_was_before_and_when_asked_what_is_whole_after(tmp_path):
    path = tmp_path / "store.json"
    engine = await TinyDBEngine.open(path, TABLES, files=Unsynced(), reserve=0)
    for number in range(1, 11):
        engine.apply(transaction(number))
        await engine.commit(transaction(number), "test")
    journal = Layout(path).journal(1)
    content = journal.read_bytes()
    main = path.read_bytes()
    await engine.close()
    damaged = tmp_path / "damaged" / "store.json"
    damaged.parent.mkdir()
    damaged.write_bytes(main)
    Layout(damaged).journal(1).write_bytes(content)
    spoil(Layout(damaged).journal(1), scan(content, 1).offsets[7] + FRAME + 40)  # the sixth transaction
    saved = repair(damaged)
    saved.write(tmp_path / "up-to.json")
    assert await reopened(tmp_path / "up-to.json") == state_after(5)
    assert "4 whole journal records after the damage" in str(saved)
    assert "shift-10" in str(repair(damaged, beyond=True).contents)


async def test_a_repair_never_writes_over_a_file(two_generations):
    with pytest.raises(FileExistsError):
        repair(two_generations).write(two_generations)


async def test_an_inspection_says_what_is_there(tmp_path, two_generations):
    assert "nothing is there yet" in str(inspect(tmp_path / "other.json"))
    with TinyDB(tmp_path / "stock.json") as database:
        database.insert({"a": 1})
    assert "a TinyDB file, to be taken over" in str(inspect(tmp_path / "stock.json"))
    assert "a store, stopped cleanly" in str(inspect(two_generations))
    assert inspect(two_generations).tables == {"shifts": 5, "people": 8}
    spoil(two_generations, 700)
    assert "damaged, will not start" in str(inspect(two_generations))
