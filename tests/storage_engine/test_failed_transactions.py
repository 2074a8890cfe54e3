"""A transaction that failed leaves nothing behind: not in memory, not on the disk, not in the next one's record."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.ports.store import StoreFailed
from storage.live_store import SnapshotRun
from storage.records import ALL_TABLES
from storage.snapshot import pieces
from storage.store import EngineStore
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import FaultyFiles


async def opened(folder, **options):
    return EngineStore(await TinyDBEngine.open(folder / "muster.json", ALL_TABLES, **options))


def named(number):
    return Person(id=PersonId(f"p{number}"), name=f"Li {number}", account=number)


async def names_in(store):
    async with store.reading() as tx:
        return [person.name for n in range(40) if (person := await tx.people.get(f"p{n}")) is not None]


async def add(store, number, *, fails):
    try:
        async with store.transaction(f"cause {number}") as tx:
            await tx.people.save(named(number))
            if fails:
                raise ZeroDivisionError
    except ZeroDivisionError:
        return []
    return [named(number).name]


async def killed(folder, copy):
    """Return the store as it is found after the program was killed."""
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.lock"))
    return await opened(copy)


@pytest.mark.parametrize("ending", ["stopped", "killed"])
@settings(max_examples=30)
@given(fails=st.lists(st.booleans(), max_size=12))
async def test_whatever_failed_in_between_what_succeeded_is_there_after_the_end(tmp_path_factory, ending, fails):
    folder = tmp_path_factory.mktemp("store")
    store, wanted = await opened(folder), []
    for number, does in enumerate(fails):
        wanted += await add(store, number, fails=does)
    again = await killed(folder, folder / "copy") if ending == "killed" else None
    await store.close()
    again = again or await opened(folder)

    assert await names_in(again) == wanted
    await again.close()


async def test_a_snapshot_that_saw_a_change_taken_back_does_not_bring_it_back(tmp_path):
    store = await opened(tmp_path)
    snapshot = SnapshotRun(store.engine.store)
    with pytest.raises(ZeroDivisionError):
        async with store.transaction() as tx:
            await tx.people.save(named(1))
            snapshot.begin()
            for piece in pieces(store.engine.store.tables):
                snapshot.write(piece)
            raise ZeroDivisionError
    snapshot.finish()
    again = await killed(tmp_path, tmp_path / "copy")
    await store.close()

    assert await names_in(again) == []
    await again.close()


async def test_a_refusing_disk_is_said_the_same_way_in_the_middle_of_a_transaction_as_at_its_end(tmp_path):
    files = FaultyFiles()
    store = await opened(tmp_path, files=files)
    store.engine.store.writer.report(OSError(5, "input/output error"))

    with pytest.raises(StoreFailed):
        await add(store, 1, fails=False)
    with pytest.raises(Exception, match="refused"):
        await store.close()
