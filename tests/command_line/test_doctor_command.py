"""`python -m bot doctor`: each thing that can be wrong is found, with what to do next."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from bot.command_line import machine_checks
from bot.command_line.checks import Level
from storage import open_store
from tests.command_line.conftest import files_of, fill, newest_journal

TOKEN = "123456789:AAHfakefakefakefakefakefakefakefake"


class Usage(NamedTuple):
    """A disk."""

    total: int
    used: int
    free: int


@pytest.fixture
def set_up(monkeypatch):
    """A machine where nothing is wrong."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, 10**11))


def lines(said, level):
    return [line for line in said.out.splitlines() if line.startswith(level)]


def test_a_healthy_bot_is_called_well_and_nothing_is_changed(typed, folder, set_up):
    before = files_of(folder)

    said = typed("doctor", "--data", folder)

    assert said.code == 0, said.out
    assert said.out.splitlines()[-1] == "All is well."
    assert re.search(r"ok +database +\d+ records", said.out)
    assert files_of(folder) == before
    assert TOKEN not in said.out + said.err


def test_before_the_first_start_all_is_well_too_and_nothing_is_made(typed, tmp_path, set_up):
    said = typed("doctor", "--data", tmp_path / "data")

    assert said.code == 0
    assert not (tmp_path / "data").exists()


async def test_a_running_bot_is_named_as_the_holder(typed, folder, set_up):
    store = await open_store(folder)
    said = typed("doctor", "--data", folder)
    await store.close()

    assert said.code == 0
    assert f"in use by process {os.getpid()}" in said.out


def test_a_missing_token_and_every_wrong_setting_are_problems_with_a_next_step(typed, tmp_path):
    (tmp_path / "bad.toml").write_text('[log]\nlevel = "loud"\n[store]\nfoldr = "x"\n')

    said = typed("doctor", "--config", tmp_path / "bad.toml")

    assert said.code == 1
    assert len(lines(said, "problem")) == 3
    assert said.out.count("→ next") == 3
    assert "BOT_TOKEN" in said.out


def test_a_wrong_token_is_told_and_never_shown(typed, folder, set_up, monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", "my-secret")

    said = typed("doctor", "--data", folder)

    assert said.code == 1
    assert "my-secret" not in said.out + said.err


def test_damage_is_told_with_its_byte_and_the_repair(typed, folder, set_up):
    journal = newest_journal(folder)
    content = bytearray(journal.read_bytes())
    content[60] ^= 1
    journal.write_bytes(content)

    said = typed("doctor", "--data", folder)

    assert said.code == 1
    assert re.search(r"problem +database +muster.json.journal.\d{8}, byte \d+: ", said.out)
    assert f"→ next    python -m bot repair {folder / 'muster.json'}" in said.out


def test_a_damaged_archive_is_told(typed, folder, set_up):
    (folder / "muster-2024.json").write_text('{"shifts":{"1":{')

    said = typed("doctor", "--data", folder)

    assert said.code == 1
    assert f"python -m bot repair {folder / 'muster-2024.json'}" in said.out


@pytest.mark.parametrize(
    ("free", "code", "level"), [(10**11, 0, "ok"), (500_000_000, 0, "warning"), (10_000_000, 1, "problem")]
)
def test_little_room_is_a_warning_and_too_little_a_problem(typed, folder, set_up, monkeypatch, free, code, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))

    said = typed("doctor", "--data", folder)

    assert said.code == code
    assert re.search(rf"^{level} +disk", said.out, re.MULTILINE)


def test_a_missing_reserve_is_a_warning(typed, folder, set_up):
    (folder / "muster.json.reserve").unlink()

    said = typed("doctor", "--data", folder)

    assert said.code == 0
    assert re.search(r"^warning +reserve", said.out, re.MULTILINE)


def test_a_folder_that_others_can_write_is_a_warning(typed, folder, set_up):
    folder.chmod(0o777)

    said = typed("doctor", "--data", folder)

    assert said.code == 0
    assert f"chmod 700 {folder}" in said.out


def test_a_file_in_place_of_the_folder_is_a_problem(typed, tmp_path, set_up):
    (tmp_path / "data").write_text("")

    assert typed("doctor", "--data", tmp_path / "data").code == 1


def test_a_clock_behind_what_was_written_is_a_problem(typed, folder, set_up):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).timestamp()
    os.utime(folder / "muster.json", (tomorrow, tomorrow))

    said = typed("doctor", "--data", folder)

    assert said.code == 1
    assert re.search(r"^problem +clock", said.out, re.MULTILINE)


def test_a_clock_before_the_programs_own_making_is_a_problem():
    found = list(machine_checks.clock(datetime(1970, 1, 1, tzinfo=UTC), None, frozenset()))

    assert found[0].level is Level.PROBLEM


async def test_a_communitys_zone_that_the_machine_does_not_know_is_a_problem(typed, tmp_path, set_up):
    await fill(tmp_path / "data", zone="Mars/Olympus_Mons")

    said = typed("doctor", "--data", tmp_path / "data")

    assert said.code == 1
    assert "does not know the time zone Mars/Olympus_Mons" in said.out


def test_a_database_of_a_newer_version_is_a_problem_that_no_repair_solves(typed, folder, set_up):
    exported = folder.parent / "all.json"
    assert typed("export", exported, "--data", folder).code == 0
    new = folder.parent / "new"
    new.mkdir()
    (new / "muster.json").write_bytes(exported.read_bytes().replace(b'{"schema":1,', b'{"schema":99,'))

    said = typed("doctor", "--data", new)

    assert said.code == 1
    assert "a record of schema 99" in said.out
    assert "→ next    Run the newer version." in said.out
