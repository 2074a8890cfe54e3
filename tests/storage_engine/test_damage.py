"""Every cut and every flipped bit: a torn tail is left out, anything else is refused, nothing is ever wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from storage.damage import StoreRefusedError
from storage.journal import Layout
from storage.journal_format import FRAME, MAGIC, checksum_for, framed, scan, transactions
from storage.recovery import Reading, read_store
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import FaultyFiles, Unsynced, forever
from tests.storage_engine.workload import TABLES, count_in, state_after, transaction, work

STEPS = 6


class Shown(Unsynced):
    """Shows one file with another content than it has."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    def read(self, path):
        return self._content if path == self._path else super().read(path)


async def crashed_store(tmp_path: Path) -> Path:
    """Make a store whose program died after twelve transactions, one snapshot behind it."""
    path = tmp_path / "store.json"
    await work(path, Unsynced(), lambda _: None, steps=STEPS, at_once=1)
    engine = await TinyDBEngine.open(path, TABLES, files=Unsynced(), reserve=0)
    for number in range(STEPS + 1, 2 * STEPS + 1):
        engine.apply(transaction(number))
        await engine.commit(transaction(number), f"cause {number}")
    died = tmp_path / "died"
    died.mkdir()
    for name in Unsynced().names(tmp_path):
        if name.startswith("store.json"):
            shutil.copy(tmp_path / name, died)
    await engine.close()
    return died / "store.json"


@pytest.fixture
async def crashed(tmp_path) -> Path:
    return await crashed_store(tmp_path)


def newest_journal(path: Path) -> Path:
    layout = Layout(path)
    return layout.journal(layout.segments(Unsynced())[-1])


def seen(reading: Reading) -> int:
    """How many transactions a reading shows; fails where one is there in part."""
    state = {
        name: {record["id"]: record for record in map(json.loads, documents.values())}
        for name, documents in {"shifts": {}, "people": {}, **reading.contents}.items()
    }
    assert state == state_after(count_in(state))
    return count_in(state)


async def test_every_cut_of_the_last_three_transactions_leaves_the_whole_ones(crashed):
    journal = newest_journal(crashed)
    written = journal.read_bytes().rstrip(b"\0")
    records = scan(written, int(journal.name[-8:]))
    assert seen(read_store(Unsynced(), crashed)) == 2 * STEPS
    for cut in range(records.offsets[-3], len(written) + 1):
        whole = 2 * STEPS - sum(cut < end for end in [*records.offsets[-2:], len(written)])
        for content in (written[:cut], written[:cut] + b"\0" * 700):  # without and with space reserved ahead
            reading = read_store(Shown(journal, content), crashed)
            assert not reading.findings
            assert seen(reading) == whole


def flip_bits_of_the_journal(path: Path, places: slice, bits: int) -> None:
    journal = newest_journal(path)
    content = journal.read_bytes()[: len(journal.read_bytes().rstrip(b"\0")) + 300]
    written = len(content.rstrip(b"\0"))
    for place in range(len(content))[places]:
        for bit in range(place, place + bits):
            flipped = bytearray(content)
            flipped[place] ^= 1 << bit % 8
            reading = read_store(Shown(journal, bytes(flipped)), path)
            assert reading.findings or (place >= written and seen(reading) == 2 * STEPS), place


def flip_bits_of_the_snapshot(path: Path, places: slice, bits: int) -> None:
    content = path.read_bytes()
    for place in range(len(content))[places]:
        for bit in range(place, place + bits):
            flipped = bytearray(content)
            flipped[place] ^= 1 << bit % 8
            reading = read_store(Shown(path, bytes(flipped)), path)
            assert reading.findings[0].file == path


async def test_a_flipped_bit_in_the_journal_is_refused_or_lies_in_the_unused_space(crashed):
    flip_bits_of_the_journal(crashed, slice(0, None, 17), 1)


async def test_a_flipped_bit_in_the_snapshot_is_refused(crashed):
    flip_bits_of_the_snapshot(crashed, slice(0, None, 17), 1)


async def test_any_flipped_bit_where_a_table_begins_is_refused(crashed):
    """There every byte matters to the reader, which reads before it knows whether the seal holds."""
    start = crashed.read_bytes().index(b'},"people":{')
    flip_bits_of_the_snapshot(crashed, slice(0, 12), 8)
    flip_bits_of_the_snapshot(crashed, slice(start, start + 14), 8)


@pytest.mark.soak
async def test_every_flipped_bit_of_the_journal_is_refused_or_lies_in_the_unused_space(crashed):
    flip_bits_of_the_journal(crashed, slice(None), 8)


@pytest.mark.soak
async def test_every_flipped_bit_of_the_snapshot_is_refused(crashed):
    flip_bits_of_the_snapshot(crashed, slice(None), 8)


async def test_a_cut_or_grown_snapshot_is_refused(crashed):
    content = crashed.read_bytes()
    for shown in (b"", b"\0" * len(content), content[:-3], content + b" ", content[: len(content) // 2]):
        reading = read_store(Shown(crashed, shown), crashed)
        assert reading.findings, shown[:20]


async def test_damage_is_named_with_its_byte_and_the_command_that_helps_and_the_files_stay_as_they_are(crashed):
    journal = newest_journal(crashed)
    content = bytearray(journal.read_bytes())
    third = scan(bytes(content), int(journal.name[-8:])).offsets[3]
    content[third + FRAME + 20] ^= 4
    journal.write_bytes(content)
    before = {file.name: file.read_bytes() for file in crashed.parent.iterdir() if not file.name.endswith(".lock")}
    with pytest.raises(StoreRefusedError) as refusal:
        await TinyDBEngine.open(crashed, TABLES, files=FaultyFiles(1, forever(5)))
    text = str(refusal.value)
    assert f"{journal.name}, byte {third}" in text
    assert "whole records follow it" in text
    assert f"python -m bot repair {crashed}" in text
    after = {file.name: file.read_bytes() for file in crashed.parent.iterdir() if not file.name.endswith(".lock")}
    assert after == before


async def missing(crashed: Path, name: str) -> str:
    (crashed.parent / name).unlink()
    with pytest.raises(StoreRefusedError) as refusal:
        await TinyDBEngine.open(crashed, TABLES)
    return str(refusal.value)


async def test_a_journal_without_its_main_file_is_refused(crashed):
    assert "the file is missing" in await missing(crashed, "store.json")


async def test_a_main_file_whose_journal_is_gone_is_refused(crashed):
    for segment in Layout(crashed).segments(Unsynced())[:-1]:
        Layout(crashed).journal(segment).unlink()
    assert "there is no journal" in await missing(crashed, newest_journal(crashed).name)


async def test_a_gap_between_journal_files_is_refused(crashed):
    newest = newest_journal(crashed)
    number = int(newest.name[-8:])
    later = newest.with_name(f"store.json.journal.{number + 2:08d}")
    later.write_bytes(MAGIC + framed(b'{"n":99,"g":99,"begin":1}', checksum_for(number + 2)))
    with pytest.raises(StoreRefusedError, match=f"journal.{number + 1:08d}: the file is missing"):
        await TinyDBEngine.open(crashed, TABLES)


async def test_a_journal_of_a_newer_program_is_refused_and_no_repair_is_offered(crashed):
    journal = newest_journal(crashed)
    journal.write_bytes(journal.read_bytes().replace(MAGIC, b"muster-journal 2\n"))
    with pytest.raises(StoreRefusedError, match="format 2, by a newer version") as refusal:
        await TinyDBEngine.open(crashed, TABLES)
    assert "python -m bot repair" not in str(refusal.value)


@pytest.mark.parametrize("content", [b"SQLite format 3\0", b"[1, 2]", b'{"a": 5}', b'{"a": {"1": 5}}', b'{"a": {'])
async def test_a_foreign_file_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "store.json"
    path.write_bytes(content)
    with pytest.raises(StoreRefusedError):
        await TinyDBEngine.open(path, TABLES)
    assert path.read_bytes() == content


def test_a_hole_in_a_group_nobody_was_told_about_is_a_torn_tail_and_a_whole_damaged_record_is_not():
    seed = checksum_for(1)
    begin = framed(b'{"n":1,"g":1,"begin":1}', seed)
    long = b'{"n":%d,"g":2,"cause":"%b","changes":[]}'
    group = [framed(long % (number, b"x" * 900), seed) for number in (2, 3, 4)]
    whole = MAGIC + begin + b"".join(group)
    hole = bytearray(whole)
    hole[1024:1536] = bytes(512)
    torn = scan(bytes(hole), 1)
    assert (len(torn.records), torn.damage, torn.torn > 0) == (2, None, True) or torn.torn
    flipped = bytearray(whole)
    flipped[1100] ^= 1
    assert scan(bytes(flipped), 1).damage is not None


def test_parts_of_a_transaction_whose_last_part_is_missing_do_not_count():
    seed = checksum_for(1)
    records = scan(
        MAGIC
        + framed(b'{"n":1,"g":1,"begin":1}', seed)
        + framed(b'{"n":2,"g":2,"changes":[["t",1,{}]],"more":true}', seed),
        1,
    ).records
    assert [len(parts) for parts in transactions(records)] == [1]
