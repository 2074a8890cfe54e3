"""A folder with a small database in it, and `typed`, which runs a command as the operator types it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from bot.__main__ import main
from bot.domain.communities import Community
from bot.domain.ids import CommunityId, PersonId
from bot.domain.people import Person
from storage import open_store

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


class Said(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


def person(number):
    return Person(id=PersonId(f"p{number}"), name=f"李 {number} <b>", account=1000 + number)


def community(zone="Asia/Shanghai"):
    return Community(
        id=CommunityId("c"), name="河畔 Riverside", language="en", zone=zone, chat="9:-100", ready=True, made_at=NOW
    )


async def fill(folder, people=3, zone="Asia/Shanghai"):
    """Begin a database, or go on with one, and stop it in order."""
    store = await open_store(folder)
    async with store.transaction() as tx:
        if await tx.communities.get("c") is None:
            await tx.communities.save(community(zone))
        for number in range(people):
            if await tx.people.get(f"p{number}") is None:
                await tx.people.save(person(number))
    await store.close()


@pytest.fixture
async def folder(tmp_path):
    """A database that was stopped in order."""
    await fill(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def typed(capsys, monkeypatch, tmp_path):
    """Runs `python -m bot …` in this process, in an empty working folder; gives exit code and both outputs."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)

    def run(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


def files_of(folder):
    """Every file of a folder with its content."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def newest_journal(folder):
    """The journal file that is appended to."""
    return max(folder.glob("muster.json.journal.*"))
