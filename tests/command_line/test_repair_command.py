"""`python -m bot repair`: it says what it can save, writes beside, and its advice works as printed."""

from __future__ import annotations

import asyncio
import subprocess

import pytest

from storage import open_store
from storage.damage import StoreRefusedError
from tests.command_line.conftest import files_of, fill, newest_journal


@pytest.fixture
async def damaged(folder):
    """A database with two generations, the newer one damaged."""
    await fill(folder, people=5)
    path = folder / "muster.json"
    content = bytearray(path.read_bytes())
    content[content.index(b'"p1"') + 1] ^= 4
    path.write_bytes(content)
    return path


async def test_what_is_saved_is_told_and_written_beside_and_the_printed_commands_bring_it_into_service(typed, damaged):
    with pytest.raises(StoreRefusedError):
        await open_store(damaged.parent)
    before = files_of(damaged.parent)

    said = typed("repair", damaged.parent)

    assert said.code == 0
    assert "1 communities, 5 people can be saved" in said.out
    assert "muster.json.previous is whole" in said.out
    after = files_of(damaged.parent)
    assert {name: after[name] for name in before} == before
    for line in said.out.splitlines()[-3:]:
        await asyncio.to_thread(subprocess.run, line.strip(), shell=True, check=True)
    store = await open_store(damaged.parent)
    async with store.reading() as tx:
        assert [(await tx.people.one(f"p{number}")).name for number in range(5)] == [f"李 {n} <b>" for n in range(5)]
    await store.close()
    assert (damaged.parent / "damaged" / "muster.json").read_bytes() == before["muster.json"]


def test_a_look_writes_nothing(typed, damaged):
    before = files_of(damaged.parent)

    said = typed("repair", damaged, "--look")

    assert said.code == 0
    assert "can be saved" in said.out
    assert files_of(damaged.parent) == before


def test_a_second_repair_gets_a_name_of_its_own(typed, damaged):
    assert typed("repair", damaged).code == 0
    assert typed("repair", damaged).code == 0

    assert (damaged.parent / "muster.repaired.json").exists()
    assert (damaged.parent / "muster.repaired-2.json").exists()


def test_a_repair_never_overwrites_neither_the_original_nor_anything_else(typed, damaged, tmp_path):
    (tmp_path / "mine.json").write_text("mine")
    before = files_of(damaged.parent)

    assert typed("repair", damaged, "--to", damaged).code == 1
    assert typed("repair", damaged, "--to", tmp_path / "mine.json").code == 1

    assert files_of(damaged.parent) == before
    assert (tmp_path / "mine.json").read_text() == "mine"


async def test_a_database_at_work_is_left_to_its_bot(typed, folder):
    store = await open_store(folder)
    said = typed("repair", folder)
    await store.close()

    assert said.code == 1
    assert "in use by process" in said.err
    assert not list(folder.glob("*repaired*"))


def test_where_nothing_is_nothing_is_written(typed, tmp_path):
    assert typed("repair", tmp_path / "muster.json").code == 1
    assert typed("repair", tmp_path / "no" / "muster.json").code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_what_a_newer_program_wrote_is_not_repaired(typed, folder):
    journal = newest_journal(folder)
    journal.write_bytes(journal.read_bytes().replace(b"muster-journal 1", b"muster-journal 2"))

    said = typed("repair", folder)

    assert said.code == 1
    assert "run the newer version" in said.err
    assert not list(folder.glob("*repaired*"))
