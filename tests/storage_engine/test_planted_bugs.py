"""The crash tests put to the test: each fault planted in the store is found by the very checks that guard against it."""

from __future__ import annotations

import pytest

from storage import journal_format, live_store
from storage.damage import StoreRefusedError
from storage.journal import Journal
from storage.journal_format import FRAME
from storage.snapshot import Draft, install
from tests.storage_engine.faulty import LosingPower
from tests.storage_engine.test_damage import crashed_store, flip_bits_of_the_journal
from tests.storage_engine.test_disk_faults import lose_power_at_each, sound_calls

FOUND = (AssertionError, StoreRefusedError)


async def power_losses(tmp_path):
    await lose_power_at_each(tmp_path, range(1, await sound_calls(tmp_path) + 1), coins=3)


async def test_an_acknowledgement_before_the_fsync_is_found(tmp_path, monkeypatch):
    def without_waiting(self, content):
        self._files.write_all(self._descriptor, content, self.size)
        self.size += len(content)

    monkeypatch.setattr(Journal, "_append", without_waiting)

    with pytest.raises(AssertionError, match="acknowledged transaction is gone"):
        await power_losses(tmp_path)


async def test_a_journal_removed_before_the_snapshot_has_its_name_is_found(tmp_path, monkeypatch):
    def too_early(files, layout):
        for segment in layout.segments(files)[:-1]:
            files.remove(layout.journal(segment))
        install(files, layout)

    monkeypatch.setattr(live_store, "install", too_early)

    with pytest.raises(FOUND):
        await power_losses(tmp_path)


async def test_a_directory_that_is_never_synced_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(LosingPower, "sync_directory", lambda _self, _directory: None)

    with pytest.raises(FOUND):
        await power_losses(tmp_path)


async def test_a_snapshot_renamed_before_its_content_is_on_the_disk_is_found(tmp_path, monkeypatch):
    def without_sync(self, generation):
        self.close()
        return self._sealer.seal(generation)

    monkeypatch.setattr(Draft, "finish", without_sync)

    with pytest.raises(FOUND):
        await power_losses(tmp_path)


async def test_a_checksum_that_nobody_compares_is_found(tmp_path, monkeypatch):
    def trusting(content, offset, seed):
        try:
            length = int(content[offset : offset + 8], 16)
        except ValueError:
            return None
        end = offset + FRAME + length
        return content[offset + FRAME : end] if content[end : end + 1] == b"\n" else None

    crashed = await crashed_store(tmp_path)
    monkeypatch.setattr(journal_format, "_payload", trusting)

    with pytest.raises(AssertionError):
        flip_bits_of_the_journal(crashed, slice(0, None, 17), 1)


async def test_without_a_planted_fault_the_same_checks_find_nothing(tmp_path):
    """So that none of the above is found for another reason."""
    await lose_power_at_each(tmp_path, range(1, await sound_calls(tmp_path) + 1, 9), coins=1)
    (tmp_path / "crash").mkdir()
    flip_bits_of_the_journal(await crashed_store(tmp_path / "crash"), slice(0, None, 97), 1)
