"""One program at a time writes a store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from storage.lock import StoreLock, StoreLockedError
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.workload import TABLES


async def test_a_second_start_explains_who_holds_the_store(tmp_path):
    engine = await TinyDBEngine.open(tmp_path / "store.json", TABLES)
    with pytest.raises(StoreLockedError) as refusal:
        await TinyDBEngine.open(tmp_path / "store.json", TABLES)
    assert f"process {os.getpid()} on" in str(refusal.value)
    assert "since 20" in str(refusal.value)
    await engine.close()
    await (await TinyDBEngine.open(tmp_path / "store.json", TABLES)).close()


def test_the_lock_of_a_program_that_was_killed_is_taken_over_and_its_holder_named(tmp_path):
    holds = f"from pathlib import Path; from storage.lock import StoreLock; lock = StoreLock(Path({str(tmp_path / 'l')!r})); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", holds], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout.readline() == b"held\n"
        with pytest.raises(StoreLockedError, match=f"process {program.pid}"):
            StoreLock(tmp_path / "l")
        program.send_signal(signal.SIGKILL)
        program.wait()
    lock = StoreLock(tmp_path / "l")
    assert lock.left_behind.process == program.pid
    lock.release()


def test_a_lock_file_left_by_a_reboot_holds_nobody_up_even_if_its_number_is_in_use_again(tmp_path):
    (tmp_path / "l").write_text(f'{{"process":{os.getpid()},"machine":"here","since":"2026-01-01T00:00:00+00:00"}}')
    lock = StoreLock(tmp_path / "l")
    assert lock.left_behind.since == "2026-01-01T00:00:00+00:00"
    lock.release()
    assert (tmp_path / "l").read_bytes() == b""


def test_an_unreadable_lock_file_is_taken_over_too(tmp_path):
    (tmp_path / "l").write_bytes(b"\xff\x00")
    StoreLock(tmp_path / "l").release()
