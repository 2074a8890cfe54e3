"""A store as communities of volunteers fill it, written at once; and the presses that people of theirs can make.

A community has eight checkpoints, staffed round the clock in shifts of four hours. It plans three weeks ahead; what
its store holds besides is history, with one person on every past shift. Twenty thousand shifts are five years of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.assignments import Assignment, Hold, assignment_id
from bot.domain.cards import Card, card_id
from bot.domain.checkpoints import Checkpoint
from bot.domain.commands import ClaimShift
from bot.domain.communities import Chat, Community, chat_key
from bot.domain.days import local_day
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.people import Membership, Person, join
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift
from handlers.wire.callbacks import pack
from storage import FILE
from storage.records import TABLES, Codec

BOT = 123456
HOURS = timedelta(hours=4)
CHECKPOINTS = 8
AHEAD = 125  # times at which a shift begins within the next three weeks
LARGEST = 20_000  # shifts of one community, unless it is said otherwise

Press = tuple[int, int, str]  # who presses, in which group, which button


@dataclass(frozen=True, slots=True)
class Town:
    """How much there is: `shifts` a multiple of 1,000, at most `largest` in a community; everybody is in each."""

    shifts: int = 10_000
    people: int = 256
    needed: int = 3
    capacity: int = 200
    largest: int = LARGEST

    @property
    def communities(self) -> int:
        return max(1, self.shifts // self.largest)

    @property
    def times(self) -> int:
        """How many times a checkpoint is staffed, those of the past included."""
        return self.shifts // self.communities // CHECKPOINTS


def account(person: int) -> int:
    return 5000 + person


def group(community: int) -> int:
    return -1001000 - community


def name(person: int) -> str:
    return f"Li {person}"


def _community(number: int) -> CommunityId:
    return CommunityId(f"c{number:05d}")


def _checkpoint(community: int, number: int) -> CheckpointId:
    return CheckpointId(f"{_community(community)}-k{number}")


def _shift(community: int, checkpoint: int, time: int) -> ShiftId:
    return ShiftId(f"{_community(community)}-{checkpoint}x{time:06d}")


def _person(number: int) -> PersonId:
    return PersonId(f"p{number:06d}")


def tomorrow() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def presses(town: Town) -> Iterator[Press]:
    """Give presses of Claim that all succeed: each person in turn, at their next free time, in whatever place.

    They go to a thousand shifts, all over the store, however many there are: a shift's first claim costs more than its
    later ones, so stores of all sizes must meet as many of both.
    """
    past = town.times - min(AHEAD, town.times)
    for turn in range(AHEAD):
        for person in range(town.people):
            checkpoint, ahead = (person // 3 + turn) % CHECKPOINTS, (person + 37 * turn) % AHEAD
            community = (ahead * CHECKPOINTS + checkpoint) % town.communities
            shift = _shift(community, checkpoint, past + ahead)
            yield account(person), group(community), pack(ClaimShift(shift))


def crowd(town: Town) -> list[Press]:
    """Return one press by everybody, all for the same shift."""
    wanted = pack(ClaimShift(_shift(0, 0, town.times - 1)))
    return [(account(person), group(0), wanted) for person in range(town.people)]


def wanted_shift(town: Town) -> str:
    """Return the shift that the crowd wants."""
    return _shift(0, 0, town.times - 1)


def write_store(folder: Path, town: Town) -> None:
    """Write the whole store as one TinyDB file; the bot takes it over when it starts."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("wb") as file:
        lead = b"{"
        for kind, rows in _tables(town):
            file.write(b'%b"%b":{' % (lead, TABLES[kind].name.encode()))
            codec: Codec[Any] = Codec(kind)
            for number, row in enumerate(rows, 1):
                file.write(b'%b"%d":%b' % (b",\n" if number > 1 else b"\n", number, codec.encode(row)))
            file.write(b"\n}")
            lead = b",\n"
        file.write(b"}\n")


def _tables(town: Town) -> Iterator[tuple[type, Iterable[Any]]]:
    start = tomorrow() - HOURS * (town.times - min(AHEAD, town.times))
    numbers = range(town.communities)
    yield Community, (_made(n, start) for n in numbers)
    yield Chat, (_chat(n) for n in numbers)
    yield Person, (_human(n) for n in range(town.people))
    yield Membership, (join(_community(c), _person(p), now=start) for c in numbers for p in range(town.people))
    yield Checkpoint, (_place(c, k) for c in numbers for k in range(CHECKPOINTS))
    yield Shift, (shift for shift, _, _ in _shifts(town, start))
    yield Assignment, _past_assignments(town, start)
    yield Card, _cards(town, start)


def _made(number: int, start: datetime) -> Community:
    return Community(
        id=_community(number),
        name=f"Riverside {number}",
        language="en",
        zone="Europe/London",
        chat=chat_key(BOT, group(number)),
        ready=True,
        language_chosen=True,
        zone_chosen=True,
        made_at=start,
        rules=ShiftRules(rest=timedelta(0), longest_stretch=timedelta(days=400)),  # every press is to have an effect
        version=1,
    )


def _chat(number: int) -> Chat:
    return Chat(
        id=chat_key(BOT, group(number)),
        bot_id=BOT,
        chat_id=group(number),
        community_id=_community(number),
        title=f"Riverside {number}",
        admin=True,
        version=1,
    )


def _human(number: int) -> Person:
    return Person(id=_person(number), name=name(number), account=account(number), heard_language="en", version=1)


def _place(community: int, number: int) -> Checkpoint:
    return Checkpoint(
        id=_checkpoint(community, number), community_id=_community(community), name=f"Gate {number}", version=1
    )


def _shifts(town: Town, start: datetime) -> Iterator[tuple[Shift, int, int]]:
    for time in range(town.times):
        for community in range(town.communities):
            for checkpoint in range(CHECKPOINTS):
                begin = start + HOURS * time
                shift = Shift(
                    id=_shift(community, checkpoint, time),
                    community_id=_community(community),
                    checkpoint_id=_checkpoint(community, checkpoint),
                    start=begin,
                    end=begin + HOURS,
                    needed=town.needed,
                    capacity=town.capacity,
                    batch_id=BatchId(f"{_community(community)}-b{time // 42}"),
                    made_by=_person(0),
                    made_at=start,
                    version=1,
                )
                yield shift, community, time


def _past_assignments(town: Town, start: datetime) -> Iterator[Assignment]:
    begins = tomorrow()
    for turn, (shift, _, _) in enumerate(_shifts(town, start)):
        if shift.start < begins:
            person = _person(turn % town.people)
            yield Assignment(
                id=assignment_id(shift.id, person),
                community_id=shift.community_id,
                shift_id=shift.id,
                person_id=person,
                hold=Hold.ON,
                start=shift.start,
                end=shift.end,
                since=start,
                turn=turn,
                version=1,
            )


def _cards(town: Town, start: datetime) -> Iterator[Card]:
    begins, zone = tomorrow(), _made(0, start).tz
    seen: set[str] = set()
    for shift, community, _ in _shifts(town, start):
        chat, day = chat_key(BOT, group(community)), local_day(shift.start, zone)
        key = card_id(chat, shift.checkpoint_id, day)
        if shift.start < begins or key in seen:
            continue
        seen.add(key)
        yield Card(
            id=key,
            chat=chat,
            community_id=shift.community_id,
            checkpoint_id=shift.checkpoint_id,
            day=day,
            message_id=len(seen),
            until=shift.start + timedelta(days=2),
            version=1,
        )
