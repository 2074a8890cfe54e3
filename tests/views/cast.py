"""Facts as they would really be, for the messages that the tests look at: names, places, shifts.

The ordinary cast is used where people read the outcome, the awkward ones where only the limits matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.assignments import Hold
from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId
from bot.domain.outcomes import PlaceChoice, Slot
from bot.i18n import Translator
from bot.ports.message import Message

# Ids as long as the services make them.
COMMUNITY = CommunityId("c0mmun")
CHECKPOINT = CheckpointId("c0mmun-ch3ckp01")
SHIFT = ShiftId("c0mmun-sh1ftsh1ftsh")
BATCH = BatchId("c0mmun-b4tchb4tchb4")
MEMBER = PersonId("pm3mberm3mber")
GUEST = PersonId("c0mmun-gguest01234")
ZONE = "Asia/Shanghai"
TODAY = date(2026, 12, 1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Names. `people` are repeated as often as a scene needs people."""

    place: str
    community: str
    people: tuple[str, ...]

    def crowd(self, size: int) -> tuple[str, ...]:
        """Return `size` names."""
        return tuple(self.people[n % len(self.people)] for n in range(size))


ORDINARY = {
    "en": Cast("East Gate", "Garden Estate", ("Mei Wang", "Tom Baker", "Ana")),
    "zh_Hans": Cast("东门", "花园小区", ("王秀英", "李建国", "小陈")),
}

Scene = Callable[[Translator, Cast], Message]
"""How a message comes about from a language and a cast."""


def slot(cast: Cast, *, hour: int = 8, lasts: int = 4, day: int = 0, on: int = 1) -> Slot:
    """Return a shift at the cast's place, `hour` on the local clock, `day` days from today, with room for three."""
    start = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(days=day, hours=hour - 8)
    return Slot(
        shift_id=SHIFT,
        community_id=COMMUNITY,
        checkpoint_id=CHECKPOINT,
        place=cast.place,
        zone=ZONE,
        start=start,
        end=start + timedelta(hours=lasts),
        needed=2,
        capacity=3,
        on=on,
        waiting=0,
    )


def waiting(cast: Cast) -> Slot:
    """Return a full shift for which the reader waits."""
    return replace(slot(cast, on=3), waiting=4, mine=Hold.WAITING, position=2)


def offered(cast: Cast) -> Slot:
    """Return a shift of which a place is offered to the reader until the evening before."""
    shown = slot(cast, on=2)
    return replace(shown, offered=1, waiting=1, mine=Hold.OFFERED, answer_by=shown.start - timedelta(hours=12))


def mine(cast: Cast) -> Slot:
    """Return a shift the reader holds, through the night."""
    return replace(slot(cast, hour=22, lasts=8), mine=Hold.ON)


def choices(cast: Cast, count: int, *, several: bool = True) -> tuple[PlaceChoice, ...]:
    """Return the cast's place `count` times, with its community where the reader has several."""
    community = cast.community if several else ""
    return (
        PlaceChoice(checkpoint_id=CHECKPOINT, community_id=COMMUNITY, name=cast.place, community=community),
    ) * count
