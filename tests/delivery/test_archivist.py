"""Once a day what is long over goes into the archive, and an archive that refuses stops nobody."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.archivist import Archivist
from bot.ports.store import ArchiveFailed, StoreFailed
from tests.fakes import VirtualClock

KEEP = timedelta(days=400)


class NotedArchive:
    """An archive that gives its answers one after the other and notes what it was asked."""

    def __init__(self, *answers):
        self.asked = []
        self._answers = list(answers)

    async def put_away(self, before):
        self.asked.append(before)
        answer = self._answers.pop(0) if self._answers else 0
        if isinstance(answer, Exception):
            raise answer
        return answer


async def days(clock, number):
    for _ in range(number * 24 + 1):
        await clock.advance(3600)


async def test_it_begins_soon_after_the_start_and_goes_on_once_a_day():
    clock, archive = VirtualClock(), NotedArchive(7)
    archivist = Archivist(archive.put_away, clock, KEEP)
    running = asyncio.create_task(archivist.run())

    await days(clock, 3)
    archivist.stop()
    await running

    assert len(archive.asked) == 4
    assert {(b - a).days for a, b in zip(archive.asked, archive.asked[1:], strict=False)} == {1}
    assert all(before < clock.now() - KEEP for before in archive.asked)


async def test_an_archive_that_refuses_is_told_and_tried_again_the_next_day(caplog):
    clock, archive = VirtualClock(), NotedArchive(ArchiveFailed("muster-2024.json: it is not JSON"), 3)
    archivist = Archivist(archive.put_away, clock, KEEP)
    running = asyncio.create_task(archivist.run())

    await days(clock, 2)
    archivist.stop()
    await running

    assert "muster-2024.json: it is not JSON" in caplog.text
    assert len(archive.asked) == 3


async def test_a_store_that_failed_ends_it():
    clock, archive = VirtualClock(), NotedArchive(StoreFailed("the disk"))
    running = asyncio.create_task(Archivist(archive.put_away, clock, KEEP).run())
    await days(clock, 1)

    with pytest.raises(StoreFailed):
        await running


async def test_it_stops_at_once_while_it_waits():
    archivist = Archivist(NotedArchive().put_away, VirtualClock(), KEEP)
    running = asyncio.create_task(archivist.run())
    await asyncio.sleep(0)

    archivist.stop()

    await asyncio.wait_for(running, 5)
