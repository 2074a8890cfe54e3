"""A disk in memory that takes its time, and a power cut that keeps only what had reached it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random

from storage.engine import Change, EngineFailedError
from storage.live_rows import Tables
from storage.memory import MemoryShelf
from storage.records import ALL_TABLES
from storage.tinydb_engine import TinyDBEngine

# Called with each transaction the moment it is durable: its cause and its changes.
Witness = Callable[[str, Sequence[Change]], None]


class Platter:
    """What is certainly kept: records by table and key."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, bytes]] = {table.name: {} for table in ALL_TABLES}
        self.shelf = MemoryShelf()
        self.witness: Witness = lambda _cause, _changes: None

    def write(self, cause: str, changes: Sequence[Change]) -> None:
        """Keep a whole transaction."""
        for change in changes:
            if change.record is None:
                self.records[change.table].pop(change.key, None)
            else:
                self.records[change.table][change.key] = change.record
        self.witness(cause, changes)


class SlowDisk(TinyDBEngine):
    """`storage.engine.Engine` over a platter: what is committed is durable some milliseconds later, in groups.

    It reads as the real engine does, from the same tables in memory; only the way to the disk is its own.
    After `cut` nothing reaches the platter any more; of the group under way a beginning of chance length may have.
    """

    def __init__(self, platter: Platter, rng: Random) -> None:
        self._platter = platter
        self._rng = rng
        self.shelf = platter.shelf  # type: ignore[assignment]
        self._tables = Tables(ALL_TABLES)
        for name, records in platter.records.items():
            rows = self._tables.declared(name)
            for record in records.values():
                rows.put(rows.next_number, record)
        self._waiting: list[tuple[str, Sequence[Change], asyncio.Future[None]]] = []
        self._under_way: list[tuple[str, Sequence[Change], asyncio.Future[None]]] = []
        self._writing: asyncio.TimerHandle | None = None
        self.dead = False

    @property
    def notes(self) -> tuple[str, ...]:
        return ()

    def apply(self, changes: Sequence[Change]) -> None:
        if self.dead:
            raise EngineFailedError("the power is off")
        for change in changes:
            rows = self._tables.declared(change.table)
            number = rows.keys.get(change.key)
            if change.record is not None:
                rows.put(rows.next_number if number is None else number, change.record)
            elif number is not None:
                rows.remove(number)

    def commit(self, changes: Sequence[Change], cause: str) -> Awaitable[None]:
        return self._take(cause, list(changes))

    def take_back(self, changes: Sequence[Change], before: Sequence[Change]) -> None:
        self.apply(before)

    def settled(self) -> Awaitable[None]:
        if not self._waiting and not self._under_way:
            return asyncio.sleep(0)
        return self._take("", [])

    async def close(self) -> None:
        await self.settled()

    def _take(self, cause: str, changes: Sequence[Change]) -> Awaitable[None]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if not self.dead:  # else it waits for ever, as the dead do
            self._waiting.append((cause, changes, future))
            if self._writing is None:
                self._begin()
        return future

    def _begin(self) -> None:
        self._under_way, self._waiting = self._waiting, []
        dice = self._rng.random()  # most writes take milliseconds, some are slow, a few take seconds
        longest = 5.0 if dice < 0.001 else 0.5 if dice < 0.05 else 0.008
        self._writing = asyncio.get_running_loop().call_later(self._rng.uniform(0.001, longest), self._end)

    def _end(self) -> None:
        done, self._under_way, self._writing = self._under_way, [], None
        for cause, changes, future in done:
            if changes:
                self._platter.write(cause, changes)
            if not future.done():
                future.set_result(None)
        if self._waiting:
            self._begin()

    def cut(self) -> None:
        """Cut the power."""
        self.dead = True
        if self._writing is not None:
            self._writing.cancel()
        for cause, changes, _ in self._under_way[: self._rng.randint(0, len(self._under_way))]:
            if changes:
                self._platter.write(cause, changes)
        self._waiting, self._under_way = [], []
