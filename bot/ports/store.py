"""The store as the use cases see it: transactions, and repositories with intent-named questions.

A transaction has a cause, its idempotency key: a cause that had its effect before is answered from the mark it left.
Everything saved inside one transaction becomes durable together, before `async with` is left, or not at all. Every
entity carries a version; saving one that was changed meanwhile raises Conflict, and the whole use case is run again.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol, TypeVar

from bot.domain.assignments import Assignment, Hold, Roster
from bot.domain.cards import Card
from bot.domain.checkpoints import Checkpoint
from bot.domain.communities import Chat, Community
from bot.domain.drafts import Draft
from bot.domain.errors import DomainError
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, SeriesId, ShiftId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.domain.people import Membership, Person
from bot.domain.records import LogEntry, Mark, Poison, Pulse
from bot.domain.shifts import Shift
from bot.domain.timers import Timer, TimerState
from bot.ports import incidents as reports
from bot.ports import shift_life as life
from bot.ports.repository import Repository

T = TypeVar("T")


class Conflict(Exception):
    """Somebody else changed the same row in between; run the use case again."""


class StoreFailed(Exception):
    """The disk refuses writes; nothing more can be promised until an operator has looked."""


class ArchiveFailed(Exception):
    """An archive cannot be read or written; the store itself is well, and nothing is lost."""


class Communities(Repository[Community], Protocol):
    """Communities."""

    async def all_ready(self) -> list[Community]:
        """Return every community whose setup is finished."""


class Chats(Repository[Chat], Protocol):
    """Groups the bot is in."""

    async def of_community(self, community_id: CommunityId) -> list[Chat]:
        """Return a community's groups."""


class People(Repository[Person], Protocol):
    """People, with and without an account."""

    async def by_account(self, account: int) -> Person | None:
        """Return the person with that Telegram account, or None."""


class Memberships(Repository[Membership], Protocol):
    """Who is what, where."""

    async def of_person(self, person_id: PersonId) -> list[Membership]:
        """Return a person's memberships, those they left included."""

    async def of_community(
        self, community_id: CommunityId, *, after: str = "", limit: int | None = None
    ) -> list[Membership]:
        """Return a community's memberships by id, those who left included, from after the given id."""


class Checkpoints(Repository[Checkpoint], Protocol):
    """Checkpoints."""

    async def of_community(self, community_id: CommunityId) -> list[Checkpoint]:
        """Return a community's checkpoints in the order of making, closed ones included."""


class Shifts(Repository[Shift], Protocol):
    """Shifts."""

    async def of_checkpoint(self, checkpoint_id: CheckpointId, start: datetime, end: datetime) -> list[Shift]:
        """Return a checkpoint's shifts that begin at or after `start` and before `end`, by start."""

    async def of_community(
        self, community_id: CommunityId, start: datetime, end: datetime, *, limit: int | None = None
    ) -> list[Shift]:
        """Return a community's shifts that begin at or after `start` and before `end`, by start."""

    async def of_batch(self, batch_id: BatchId) -> list[Shift]:
        """Return the shifts made in one go."""

    async def of_series(self, series_id: SeriesId, begin: date, end: date) -> list[Shift]:
        """Return a series' shifts of the local days [begin, end), by the day they were made for, cancelled ones too."""


class Assignments(Repository[Assignment], Protocol):
    """Who is on which shift, or waits."""

    async def roster(self, shift_id: ShiftId) -> Roster:
        """Return who is on a shift, who waits, and to whom a place is offered, each in the order of coming."""

    async def of_shift(self, shift_id: ShiftId) -> list[Assignment]:
        """Return everybody's assignment to a shift in whatever state, in no particular order."""

    async def count(self, shift_id: ShiftId, hold: Hold) -> int:
        """Return how many have that hold on a shift."""

    async def of_person(
        self, person_id: PersonId, hold: Hold, start: datetime, end: datetime, *, limit: int | None = None
    ) -> list[Assignment]:
        """Return a person's assignments with that hold whose shift begins at or after `start` and before `end`."""


class Cards(Repository[Card], Protocol):
    """Live cards."""

    async def of_day(self, checkpoint_id: CheckpointId, day: date) -> list[Card]:
        """Return the cards that show a checkpoint's day, one per chat."""

    async def of_chat(self, chat: str) -> list[Card]:
        """Return every card in a chat."""

    async def live(self, now: datetime) -> list[Card]:
        """Return the cards that may still change."""


class Notices(Repository[Notice], Protocol):
    """The outbox."""

    async def due(self, now: datetime, lane: Lane, limit: int) -> list[Notice]:
        """Return pending notices of a lane whose time has come, oldest first: no lane can hide another."""

    async def in_state(self, state: NoticeState, limit: int) -> list[Notice]:
        """Return notices in a state, oldest first."""

    async def of_person(self, person_id: PersonId, state: NoticeState, limit: int) -> list[Notice]:
        """Return what a person is owed that is in that state, oldest first."""

    async def count(self, state: NoticeState) -> int:
        """Return how many notices are in a state."""

    async def next_due(self) -> datetime | None:
        """Return the earliest `not_before` of a pending notice, or None."""


class Timers(Repository[Timer], Protocol):
    """What falls due."""

    async def due(self, now: datetime, limit: int) -> list[Timer]:
        """Return pending timers whose time has come, the earliest first."""

    async def next_due(self) -> datetime | None:
        """Return when the earliest pending timer falls due, or None."""

    async def of_subject(self, subject: str) -> list[Timer]:
        """Return the pending timers about a subject, by due time."""

    async def of_person(self, person_id: PersonId, until: datetime, limit: int) -> list[Timer]:
        """Return a person's pending timers due by an instant, that one included; the earliest first."""

    async def ended_before(self, state: TimerState, moment: datetime, limit: int) -> list[Timer]:
        """Return timers in a state (not pending) that were due before an instant, the earliest first."""


class Drafts(Repository[Draft], Protocol):
    """Open forms, by person."""


class Marks(Repository[Mark], Protocol):
    """Causes that had their effect."""

    async def before(self, instant: datetime, limit: int) -> list[Mark]:
        """Return marks older than an instant, oldest first."""


class Log(Protocol):
    """The history."""

    async def add(self, entity: LogEntry) -> None:
        """Append an entry."""

    async def of_community(self, community_id: CommunityId, *, limit: int) -> list[LogEntry]:
        """Return a community's newest entries, newest first."""


class Poisons(Repository[Poison], Protocol):
    """Updates that were put aside."""

    async def all(self) -> list[Poison]:
        """Return everything put aside, oldest first."""


class Pulses(Repository[Pulse], Protocol):
    """When the bot was last there."""


class Transaction(Protocol):
    """One unit of work."""

    cause: str
    communities: Communities
    chats: Chats
    people: People
    memberships: Memberships
    checkpoints: Checkpoints
    shifts: Shifts
    assignments: Assignments
    cards: Cards
    notices: Notices
    timers: Timers
    drafts: Drafts
    marks: Marks
    log: Log
    poisons: Poisons
    pulses: Pulses
    series: life.SeriesTable
    commitments: life.Commitments
    skills: life.Skills
    skills_held: life.SkillsHeld
    teams: life.Teams
    searches: life.Searches
    swaps: life.Swaps
    standbys: life.Standbys
    attendances: life.Attendances
    codes: life.Codes
    handovers: life.Handovers
    hours: life.HoursLog
    incidents: reports.Incidents
    entries: reports.Entries

    def turn(self) -> int:
        """Return a number greater than any this store ever gave."""

    async def earlier(self, outcome: type[T]) -> T | None:
        """Return what this transaction's cause was answered before, or None the first time.

        Raises the DomainError with which it was refused before.
        """

    async def remember(self, outcome: object, at: datetime) -> None:
        """Keep the answer to this transaction's cause; part of the same commit."""

    async def refuse(self, error: DomainError, at: datetime) -> None:
        """Undo what was done so far, and keep the refusal as the answer to this transaction's cause."""


class Archive(Protocol):
    """What was over long ago and has left the store. For reports: reading takes a while. Raises ArchiveFailed."""

    async def shifts(self, community_id: CommunityId, start: datetime, end: datetime) -> list[Shift]:
        """Return a community's shifts that began at or after `start` and before `end`, by start."""

    async def assignments(self, community_id: CommunityId, start: datetime, end: datetime) -> list[Assignment]:
        """Return everybody's places in a community's shifts that began at or after `start` and before `end`."""

    async def log(self, community_id: CommunityId, start: datetime, end: datetime) -> list[LogEntry]:
        """Return what happened in a community at or after `start` and before `end`, oldest first."""

    async def put_away(self, before: datetime) -> int:
        """Move what was over before an instant out of the store, a little at a time; returns how many rows moved.

        Nobody else waits for long meanwhile. Raises ArchiveFailed, StoreFailed; in either case nothing is lost.
        """


class Store(Protocol):
    """Where everything is kept.

    What was over long ago is in `archive`: ask the tables first, then the archive. A row that moved in between is in
    both answers.
    """

    @property
    def archive(self) -> Archive:
        """What has left the tables."""

    def transaction(self, cause: str = "") -> AbstractAsyncContextManager[Transaction]:
        """Open a unit of work; on leaving without an error it is durable. Raises StoreFailed, Conflict."""

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a view; on leaving, everything it saw is durable. Saving in it is a mistake of ours and raises."""

    async def close(self) -> None:
        """Write what is pending and let go of the files. Raises StoreFailed when that is not possible any more."""
