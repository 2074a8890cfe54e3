"""The archive as the port knows it, over any engine and its shelf."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from typing import Protocol, TypeVar

from bot.domain.assignments import Assignment
from bot.domain.ids import CommunityId
from bot.domain.records import LogEntry
from bot.domain.shifts import Shift
from bot.ports.store import ArchiveFailed, StoreFailed
from storage.archive import ArchiveDamagedError
from storage.engine import Change, Engine, EngineFailedError, Kept
from storage.finished import finished
from storage.records import MIGRATIONS, TABLES, Codec

CAUSE = "archive"
AT_ONCE = 50_000  # records put into their archives together: each time the files of their years are written anew
FOUND_AT_ONCE = 50  # records looked up before others have their turn
OUT_AT_ONCE = 50  # records taken out of the store in one transaction, so that nobody waits long


class _Row(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def community_id(self) -> CommunityId: ...


R = TypeVar("R", bound=_Row)


class ArchiveRows:
    """Satisfies `bot.ports.store.Archive`. `lock` is the one under which transactions run."""

    def __init__(self, engine: Engine, lock: asyncio.Lock) -> None:
        self._engine = engine
        self._lock = lock

    async def shifts(self, community_id: CommunityId, start: datetime, end: datetime) -> list[Shift]:
        """Return shifts that began in [start, end), by start."""
        return await self._between(Shift, community_id, start, end, lambda row: row.start)

    async def assignments(self, community_id: CommunityId, start: datetime, end: datetime) -> list[Assignment]:
        """Return everybody's places in shifts that began in [start, end), by start."""
        return await self._between(Assignment, community_id, start, end, lambda row: row.start)

    async def log(self, community_id: CommunityId, start: datetime, end: datetime) -> list[LogEntry]:
        """Return what happened in [start, end), oldest first."""
        return await self._between(LogEntry, community_id, start, end, lambda row: row.at)

    async def put_away(self, before: datetime) -> int:
        """Move what was over before an instant into the archive; returns how many rows."""
        moved = 0
        while True:
            try:
                found = await self._find(before)
                await self._engine.settled()  # nothing is archived that is not durable where it comes from
                await asyncio.to_thread(self._engine.shelf.keep, found)
                gone = await self._take_out(found)
            except EngineFailedError as error:
                raise StoreFailed(str(error)) from error
            except (OSError, ArchiveDamagedError) as error:
                raise ArchiveFailed(str(error)) from error
            moved += gone
            if not gone:
                return moved

    async def _find(self, before: datetime) -> list[Kept]:
        found: list[Kept] = []
        search = finished(self._engine, before)
        while len(found) < AT_ONCE:
            async with self._lock:  # between two transactions, never in the midst of one
                some = list(islice(search, FOUND_AT_ONCE))
            if not some:
                break
            found += some
            await asyncio.sleep(0)
        return found

    async def _take_out(self, kept: list[Kept]) -> int:
        """Take out of the store what is archived; a row that changed meanwhile stays, until the next time."""
        gone = 0
        for start in range(0, len(kept), OUT_AT_ONCE):
            async with self._lock:
                changes = [
                    Change(one.table, one.key, None)
                    for one in kept[start : start + OUT_AT_ONCE]
                    if self._engine.get(one.table, one.key) == one.record
                ]
                self._engine.apply(changes)
                durable = self._engine.commit(changes, CAUSE)
            await durable
            gone += len(changes)
        return gone

    async def _between(
        self, entity: type[R], community_id: CommunityId, start: datetime, end: datetime, when: Callable[[R], datetime]
    ) -> list[R]:
        years = range(start.astimezone(UTC).year, end.astimezone(UTC).year + 1)
        try:
            rows = await asyncio.to_thread(self._read, entity, years, community_id)
        except (OSError, ArchiveDamagedError) as error:
            raise ArchiveFailed(str(error)) from error
        table = TABLES[entity].name
        found = [r for r in rows if start <= when(r) < end and self._engine.get(table, r.id) is None]
        return sorted(found, key=lambda row: (when(row), row.id))

    def _read(self, entity: type[R], years: range, community_id: CommunityId) -> list[R]:
        table, codec = TABLES[entity].name, Codec(entity)
        rows = (codec.decode(MIGRATIONS.migrated(table, packed)) for packed in self._engine.shelf.records(table, years))
        return [row for row in rows if row.community_id == community_id]
