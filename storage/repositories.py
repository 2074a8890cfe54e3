"""The repositories of `bot.ports.store`, over any engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.assignments import Assignment, Hold, Roster
from bot.domain.cards import Card
from bot.domain.checkpoints import Checkpoint
from bot.domain.communities import Chat, Community
from bot.domain.drafts import Draft
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, SeriesId, ShiftId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.domain.people import Membership, Person
from bot.domain.records import LogEntry, Mark, Poison, Pulse
from bot.domain.shifts import Shift
from bot.domain.timers import Timer, TimerState
from storage.rows import Rows, instant


class CommunityRows(Rows[Community]):
    """Communities."""

    entity = Community

    async def all_ready(self) -> list[Community]:
        """Return every community whose setup is finished."""
        return self._find("ready", True)  # noqa: FBT003 (the value looked for)


class ChatRows(Rows[Chat]):
    """Groups the bot is in."""

    entity = Chat

    async def of_community(self, community_id: CommunityId) -> list[Chat]:
        """Return a community's groups."""
        return self._find("community", community_id)


class PersonRows(Rows[Person]):
    """People."""

    entity = Person

    async def by_account(self, account: int) -> Person | None:
        """Return the person with that Telegram account, or None."""
        return next(iter(self._find("account", account, limit=1)), None)


class MembershipRows(Rows[Membership]):
    """Who is what, where."""

    entity = Membership

    async def of_person(self, person_id: PersonId) -> list[Membership]:
        """Return a person's memberships."""
        return self._find("person", person_id)

    async def of_community(
        self, community_id: CommunityId, *, after: str = "", limit: int | None = None
    ) -> list[Membership]:
        """Return a community's memberships by id, from after the given id."""
        low = after + "\0" if after else None
        return self._find("community", community_id, low=low, limit=limit)


class CheckpointRows(Rows[Checkpoint]):
    """Checkpoints."""

    entity = Checkpoint

    async def of_community(self, community_id: CommunityId) -> list[Checkpoint]:
        """Return a community's checkpoints in the order of making."""
        return sorted(self._find("community", community_id), key=lambda c: (c.turn, c.id))


class ShiftRows(Rows[Shift]):
    """Shifts."""

    entity = Shift

    async def of_checkpoint(self, checkpoint_id: CheckpointId, start: datetime, end: datetime) -> list[Shift]:
        """Return a checkpoint's shifts that begin in [start, end), by start."""
        return self._find("checkpoint", checkpoint_id, low=instant(start), high=instant(end))

    async def of_community(
        self, community_id: CommunityId, start: datetime, end: datetime, *, limit: int | None = None
    ) -> list[Shift]:
        """Return a community's shifts that begin in [start, end), by start."""
        return self._find("community", community_id, low=instant(start), high=instant(end), limit=limit)

    async def of_batch(self, batch_id: BatchId) -> list[Shift]:
        """Return the shifts made in one go."""
        return self._find("batch", batch_id)

    async def of_series(self, series_id: SeriesId, begin: date, end: date) -> list[Shift]:
        """Return a series' shifts of the local days [begin, end), by day."""
        return self._find("series", series_id, low=begin.isoformat(), high=end.isoformat())


class AssignmentRows(Rows[Assignment]):
    """Who is on which shift, or waits."""

    entity = Assignment

    async def roster(self, shift_id: ShiftId) -> Roster:
        """Return who is on a shift, who waits, and to whom a place is offered, each in the order of coming."""
        on, waiting, offered = (
            tuple(self._find("shift", shift_id, hold)) for hold in (Hold.ON, Hold.WAITING, Hold.OFFERED)
        )
        return Roster(on, waiting, offered)

    async def of_shift(self, shift_id: ShiftId) -> list[Assignment]:
        """Return everybody's assignment to a shift in whatever state."""
        return [a for hold in Hold for a in self._find("shift", shift_id, hold)]

    async def count(self, shift_id: ShiftId, hold: Hold) -> int:
        """Return how many have that hold on a shift."""
        return self._engine.count(self._table, "shift", (shift_id, hold))

    async def of_person(
        self, person_id: PersonId, hold: Hold, start: datetime, end: datetime, *, limit: int | None = None
    ) -> list[Assignment]:
        """Return a person's assignments with that hold whose shift begins in [start, end), by start."""
        return self._find("person", person_id, hold, low=instant(start), high=instant(end), limit=limit)


class CardRows(Rows[Card]):
    """Live cards."""

    entity = Card

    async def of_day(self, checkpoint_id: CheckpointId, day: date) -> list[Card]:
        """Return the cards that show a checkpoint's day."""
        return self._find("day", checkpoint_id, day.isoformat())

    async def of_chat(self, chat: str) -> list[Card]:
        """Return every card in a chat."""
        return self._find("chat", chat)

    async def live(self, now: datetime) -> list[Card]:
        """Return the cards that may still change."""
        return self._find("until", low=instant(now))


class NoticeRows(Rows[Notice]):
    """The outbox."""

    entity = Notice

    async def due(self, now: datetime, lane: Lane, limit: int) -> list[Notice]:
        """Return pending notices of a lane whose time has come, oldest first."""
        high = instant(now + timedelta(seconds=1))
        return self._find("lane", NoticeState.PENDING, lane, high=high, limit=limit)

    async def in_state(self, state: NoticeState, limit: int) -> list[Notice]:
        """Return notices in a state, oldest first."""
        return self._find("state", state, limit=limit)

    async def of_person(self, person_id: PersonId, state: NoticeState, limit: int) -> list[Notice]:
        """Return what a person is owed that is in that state, oldest first."""
        return self._find("person", person_id, state, limit=limit)

    async def count(self, state: NoticeState) -> int:
        """Return how many notices are in a state."""
        return self._engine.count(self._table, "state", (state,))

    async def next_due(self) -> datetime | None:
        """Return the earliest `not_before` of a pending notice, or None."""
        first = self._find("due", NoticeState.PENDING, limit=1)
        return first[0].not_before if first else None


class TimerRows(Rows[Timer]):
    """What falls due."""

    entity = Timer

    async def due(self, now: datetime, limit: int) -> list[Timer]:
        """Return pending timers whose time has come, the earliest first."""
        return self._find("due", TimerState.PENDING, high=instant(now + timedelta(seconds=1)), limit=limit)

    async def next_due(self) -> datetime | None:
        """Return when the earliest pending timer falls due, or None."""
        first = self._find("due", TimerState.PENDING, limit=1)
        return first[0].due if first else None

    async def of_subject(self, subject: str) -> list[Timer]:
        """Return the pending timers about a subject, by due time."""
        return self._find("subject", subject, TimerState.PENDING)

    async def of_person(self, person_id: PersonId, until: datetime, limit: int) -> list[Timer]:
        """Return a person's pending timers due by an instant, that one included; the earliest first."""
        high = instant(until + timedelta(seconds=1))
        return self._find("person", person_id, TimerState.PENDING, high=high, limit=limit)

    async def ended_before(self, state: TimerState, moment: datetime, limit: int) -> list[Timer]:
        """Return timers in a state that were due before an instant, the earliest first."""
        return self._find("due", state, high=instant(moment), limit=limit)


class DraftRows(Rows[Draft]):
    """Open forms."""

    entity = Draft


class MarkRows(Rows[Mark]):
    """Causes that had their effect."""

    entity = Mark

    async def before(self, moment: datetime, limit: int) -> list[Mark]:
        """Return marks older than an instant, oldest first."""
        return self._find("at", high=instant(moment), limit=limit)


class LogRows(Rows[LogEntry]):
    """The history."""

    entity = LogEntry

    async def of_community(self, community_id: CommunityId, *, limit: int) -> list[LogEntry]:
        """Return a community's newest entries, newest first."""
        return self._find("community", community_id, limit=limit, descending=True)


class PoisonRows(Rows[Poison]):
    """Updates that were put aside."""

    entity = Poison

    async def all(self) -> list[Poison]:
        """Return everything put aside, oldest first."""
        records = [self._codec.decode(r) for r in self._engine.all(self._table)]
        return sorted(records, key=lambda p: (p.at, p.id))


class PulseRows(Rows[Pulse]):
    """When the bot was last there."""

    entity = Pulse
