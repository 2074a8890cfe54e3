"""The disk fails at the n-th call, for every n: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import random
from pathlib import Path

import pytest

from storage.engine import EngineFailedError
from storage.live_table import LiveTinyDB
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import (
    FaultyFiles,
    LosingPower,
    Unsynced,
    disk_full,
    failing_rename,
    failing_sync,
    forever,
    once,
    read_only_directory,
)
from tests.storage_engine.workload import TABLES, count_in, reopened, state_after, transaction, work

STEPS = 8
SNAPSHOTS = (3,)


async def attempt(path: Path, files: FaultyFiles) -> tuple[int, BaseException | None]:
    """Work on a disk; returns the last transaction acknowledged and what stopped the work."""
    heard = [0]
    try:
        await work(path, files, heard.append, steps=STEPS, snapshots=SNAPSHOTS)
    except (OSError, EngineFailedError) as error:
        return max(heard), error
    return max(heard), None


async def sound_calls(directory: Path) -> int:
    """How many calls the same work makes on a sound disk."""
    files = FaultyFiles()
    acknowledged, error = await attempt(directory / "store.json", files)
    assert (acknowledged, error) == (STEPS, None)
    return files.calls


async def whole_and_acknowledged(path: Path, acknowledged: int) -> None:
    state = await reopened(path)
    assert state == state_after(count_in(state)), "some transaction is there in part"
    assert count_in(state) >= acknowledged, "an acknowledged transaction is gone"


FAULTS = {
    "one EIO": once(errno.EIO),
    "a dead disk": forever(errno.EIO),
    "a read-only disk": forever(errno.EROFS),
    "a full disk": disk_full,
    "one ENOSPC": once(errno.ENOSPC),
    "a directory turned read-only": read_only_directory,
    "a rename that fails": failing_rename,
    "an fsync that fails": failing_sync,
}
STRIDE = 2 * len(FAULTS)  # in the short form each fault visits every sixteenth call, `make soak` every one


@pytest.mark.parametrize("name", FAULTS)
async def test_nothing_acknowledged_is_lost_whichever_call_fails(tmp_path, name):
    await fail_at_each(tmp_path, name, range(1 + list(FAULTS).index(name), await sound_calls(tmp_path), STRIDE))


@pytest.mark.soak
@pytest.mark.parametrize("name", FAULTS)
async def test_nothing_acknowledged_is_lost_whichever_of_all_calls_fails(tmp_path, name):
    await fail_at_each(tmp_path, name, range(1, await sound_calls(tmp_path) + 3))


async def test_a_power_loss_leaves_whole_transactions_and_all_acknowledged(tmp_path):
    await lose_power_at_each(tmp_path, range(1, await sound_calls(tmp_path), 5), coins=1)


@pytest.mark.soak
async def test_a_power_loss_at_any_call_leaves_whole_transactions_with_many_coins(tmp_path):
    await lose_power_at_each(tmp_path, range(1, await sound_calls(tmp_path) + 1), coins=60)


async def fail_at_each(tmp_path: Path, name: str, places: range) -> None:
    for at in places:
        directory = tmp_path / str(at)
        directory.mkdir()
        acknowledged, _ = await attempt(directory / "store.json", FaultyFiles(at, FAULTS[name]))
        await whole_and_acknowledged(directory / "store.json", acknowledged)


async def lose_power_at_each(tmp_path: Path, places: range, coins: int) -> None:
    for at in places:
        for coin in range(coins):
            directory, survived = tmp_path / f"{at}-{coin}", tmp_path / f"{at}-{coin}-after"
            directory.mkdir()
            survived.mkdir()
            files = LosingPower(at, random.Random(f"{coin} {at}"))
            acknowledged, _ = await attempt(directory / "store.json", files)
            files.after_power_loss(survived)
            await whole_and_acknowledged(survived / "store.json", acknowledged)


async def test_a_disk_that_takes_seven_bytes_at_a_time_loses_nothing(tmp_path):
    acknowledged, error = await attempt(tmp_path / "store.json", FaultyFiles(largest_write=7))
    assert (acknowledged, error) == (STEPS, None)
    await whole_and_acknowledged(tmp_path / "store.json", STEPS)


async def test_after_a_failed_fsync_nothing_more_is_acknowledged_even_if_the_next_would_succeed(tmp_path):
    class FailsOneSync(FaultyFiles):
        def sync_content(self, descriptor):
            if self.at == 0 and "reserve_space" in self.log[-3:]:
                self.at = -1
                raise OSError(errno.EIO, "the disk")
            super().sync_content(descriptor)

    heard: list[int] = []
    with pytest.raises(EngineFailedError):
        await work(tmp_path / "store.json", FailsOneSync(), heard.append, steps=3, at_once=1)
    assert heard == []
    await whole_and_acknowledged(tmp_path / "store.json", 0)


async def test_a_full_disk_makes_what_waits_durable_in_the_reserve_and_then_takes_nothing(tmp_path):
    told: list[EngineFailedError] = []
    files = FaultyFiles(0, once(errno.ENOSPC))
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=files, on_failure=told.append)
    files.at = files.calls + 1
    engine.apply(transaction(1))
    await engine.commit(transaction(1), "the reserve takes it")
    await asyncio.sleep(0)
    assert len(told) == 1
    with pytest.raises(EngineFailedError, match="No space"):
        engine.apply(transaction(2))
    with contextlib.suppress(EngineFailedError):
        await engine.close()
    await whole_and_acknowledged(tmp_path / "store.json", 1)


async def test_a_snapshot_without_room_leaves_everything_as_it_was_and_the_log_says_so(tmp_path, caplog):
    class NoRoomForDrafts(Unsynced):
        full = False

        def create(self, path):
            if path.name == "store.json.draft" and self.full:
                raise OSError(errno.ENOSPC, "no room")
            return super().create(path)

    files = NoRoomForDrafts()
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES, files=files, reserve=0)
    files.full = True
    for number in (1, 2):
        engine.apply(transaction(number))
        await engine.commit(transaction(number), "test")
        await engine.snapshot()
    assert engine.failure is None
    assert "a snapshot failed, the journal goes on: [Errno 28] no room" in caplog.text
    await engine.close()
    await whole_and_acknowledged(tmp_path / "store.json", 2)


def test_tinydbs_own_api_keeps_what_it_acknowledged_whichever_call_fails(tmp_path):
    for at in range(1, 40, 3):
        path = tmp_path / f"{at}.json"
        acknowledged = 0
        try:
            with LiveTinyDB(path, files=FaultyFiles(at, forever(errno.EIO)), reserve=0) as database:
                for number in range(1, 6):
                    database.insert({"n": number})
                    acknowledged = number
                database.storage.store.snapshot()
        except (OSError, EngineFailedError):
            pass
        with LiveTinyDB(path, files=Unsynced(), reserve=0) as database:
            kept = [document["n"] for document in database]
        assert kept == list(range(1, len(kept) + 1))
        assert len(kept) >= acknowledged
