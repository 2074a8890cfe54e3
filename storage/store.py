"""The store port over an engine: one transaction at a time in memory, many waiting together for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Self, TypeVar

import msgspec

from bot.domain.errors import DomainError
from bot.domain.records import Mark
from bot.ports import incidents as reports_port
from bot.ports import shift_life as life_port
from bot.ports import store as port
from bot.ports.store import StoreFailed
from storage import incidents as reports
from storage import shift_life as life
from storage.archiving import ArchiveRows
from storage.engine import Change, Engine, EngineFailedError
from storage.records import COUNTERS
from storage.refused import refusal_in, refusal_mark
from storage.repositories import (
    AssignmentRows,
    CardRows,
    ChatRows,
    CheckpointRows,
    CommunityRows,
    DraftRows,
    LogRows,
    MarkRows,
    MembershipRows,
    NoticeRows,
    PersonRows,
    PoisonRows,
    PulseRows,
    ShiftRows,
    TimerRows,
)
from storage.rows import Made

T = TypeVar("T")

_TURNS = "turns"
_RESERVE = 1000


class EngineTransaction:
    """A unit of work. Changes are visible at once in memory; if it fails, what was there before is put back.

    Its repositories are made when they are first asked for: there are many, and a use case needs a few.
    """

    communities = Made[port.Communities](CommunityRows)
    chats = Made[port.Chats](ChatRows)
    people = Made[port.People](PersonRows)
    memberships = Made[port.Memberships](MembershipRows)
    checkpoints = Made[port.Checkpoints](CheckpointRows)
    shifts = Made[port.Shifts](ShiftRows)
    assignments = Made[port.Assignments](AssignmentRows)
    cards = Made[port.Cards](CardRows)
    notices = Made[port.Notices](NoticeRows)
    timers = Made[port.Timers](TimerRows)
    drafts = Made[port.Drafts](DraftRows)
    marks = Made[port.Marks](MarkRows)
    log = Made[port.Log](LogRows)
    poisons = Made[port.Poisons](PoisonRows)
    pulses = Made[port.Pulses](PulseRows)
    series = Made[life_port.SeriesTable](life.SeriesRows)
    commitments = Made[life_port.Commitments](life.CommitmentRows)
    skills = Made[life_port.Skills](life.SkillRows)
    skills_held = Made[life_port.SkillsHeld](life.SkillHeldRows)
    teams = Made[life_port.Teams](life.TeamRows)
    searches = Made[life_port.Searches](life.SearchRows)
    swaps = Made[life_port.Swaps](life.SwapRows)
    standbys = Made[life_port.Standbys](life.StandbyRows)
    attendances = Made[life_port.Attendances](life.AttendanceRows)
    codes = Made[life_port.Codes](life.CodeRows)
    handovers = Made[life_port.Handovers](life.HandoverRows)
    hours = Made[life_port.HoursLog](life.HoursRows)
    incidents = Made[reports_port.Incidents](reports.IncidentRows)
    entries = Made[reports_port.Entries](reports.EntryRows)

    def __init__(self, engine: Engine, cause: str, turns: Turns, *, writable: bool) -> None:
        self.engine = engine
        self.cause = cause
        self.changes: list[Change] = []
        self._before: list[Change] = []
        self._answered = False  # whether this cause is known to have its answer
        self._turns = turns
        self._writable = writable

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Put everything back if the work failed, however it failed."""
        if kind is not None:
            self.roll_back()

    def turn(self) -> int:
        """Return a number greater than any given before."""
        return self._turns.next(self)

    async def earlier(self, outcome: type[T]) -> T | None:
        """Return what this cause was answered before, or None; raise what it was refused with.

        Raises msgspec.ValidationError on another's answer.
        """
        mark = await self.marks.get(self.cause) if self.cause else None
        if mark is None:
            return None
        self._answered = True
        if (refusal := refusal_in(mark)) is not None:
            raise refusal
        return msgspec.json.decode(mark.answer, type=outcome)

    async def remember(self, outcome: object, at: datetime) -> None:
        """Keep the answer to this cause, if it has one."""
        if self.cause:
            answer = msgspec.json.encode(outcome).decode()
            await self.marks.add(Mark(id=self.cause, at=at, kind=type(outcome).__name__, answer=answer))

    async def refuse(self, error: DomainError, at: datetime) -> None:
        """Undo everything, and keep the refusal as the answer to this cause unless it has an answer."""
        self.roll_back()
        if self.cause and not self._answered:
            await self.marks.add(refusal_mark(self.cause, error, at))

    def write(self, change: Change) -> None:
        """Make one change. Raises RuntimeError in a view, EngineFailedError after a disk failure."""
        if not self._writable:
            message = "a view cannot save"
            raise RuntimeError(message)
        before = self.engine.get(change.table, change.key)
        self.engine.apply([change])
        self._before.append(Change(change.table, change.key, before))
        self.changes.append(change)

    def roll_back(self) -> None:
        """Put back what was there before."""
        if self.changes:
            self.engine.take_back(self.changes, list(reversed(self._before)))
            self.changes.clear()
            self._before.clear()


class Turns:
    """Numbers that only grow, also across restarts: they are reserved in the store, a thousand at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._record: bytes | None = None
        self._upto = 0
        self._last = self._reserved()

    def next(self, work: EngineTransaction) -> int:
        """Return the next number, reserving more in the same transaction when the last ones run out."""
        self._last += 1
        if self._last > self._reserved():
            record = msgspec.json.encode({"id": _TURNS, "upto": self._last + _RESERVE})
            work.write(Change(COUNTERS.name, _TURNS, record))
        return self._last

    def _reserved(self) -> int:
        record = self._engine.get(COUNTERS.name, _TURNS)
        if record is not self._record:  # reserved since, or taken back
            self._upto = 0 if record is None else int(msgspec.json.decode(record)["upto"])
            self._record = record
        return self._upto


class EngineStore:
    """Satisfies `bot.ports.store.Store`.

    Transactions run one after another in memory, which makes every one serialisable; the lock is given up before the
    wait for the disk, so that all who wait share one write.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = asyncio.Lock()
        self._turns = Turns(engine)
        self.archive: port.Archive = ArchiveRows(engine, self._lock)

    @property
    def notes(self) -> tuple[str, ...]:
        """What opening had to do that an operator should know of, a sentence each."""
        return self.engine.notes

    @asynccontextmanager
    async def transaction(self, cause: str = "") -> AsyncIterator[EngineTransaction]:
        """Open a unit of work; on leaving without an error it is durable. Raises StoreFailed."""
        try:
            async with self._lock:
                with EngineTransaction(self.engine, cause, self._turns, writable=True) as work:
                    yield work
                durable = self.engine.commit(work.changes, cause) if work.changes else self.engine.settled()
            await durable
        except EngineFailedError as error:
            raise StoreFailed(str(error)) from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[EngineTransaction]:
        """Open a view; on leaving, everything it saw is durable. Raises StoreFailed."""
        try:
            async with self._lock:
                yield EngineTransaction(self.engine, "", self._turns, writable=False)
                durable = self.engine.settled()
            await durable
        except EngineFailedError as error:
            raise StoreFailed(str(error)) from error

    async def close(self) -> None:
        """Write what is pending and let go of the files. Raises StoreFailed when that is not possible any more."""
        try:
            async with self._lock:
                await self.engine.close()
        except EngineFailedError as error:
            raise StoreFailed(str(error)) from error
