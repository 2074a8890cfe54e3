"""What the use cases of an answered reminder return (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.assignments import Hold
from bot.domain.outcomes import Slot


class Answer(StrEnum):
    """How somebody stands to one shift of a reminder."""

    OPEN = "open"  # not answered
    COMING = "coming"
    SEEKING = "seeking"  # cannot come; theirs until somebody takes it
    GONE = "gone"  # no longer theirs
    CANCELLED = "cancelled"
    OVER = "over"  # it has begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder after an answer: its shifts, each with how its reader stands to it now.

    `sure` is the shift about which they are asked once more before it is done, `late` whether that means looking for
    somebody instead of giving it back.
    """

    notice_id: str
    kind: str
    lines: tuple[tuple[Slot, Answer], ...]
    sure: str = ""
    late: bool = False


def answer_of(slot: Slot) -> Answer:
    """Return how somebody stands to a shift that has not begun, as they see it."""
    if slot.cancelled:
        return Answer.CANCELLED
    if slot.mine is not Hold.ON:
        return Answer.GONE
    if slot.asked is not None:
        return Answer.SEEKING
    return Answer.COMING if slot.duty in ("coming", "there", "done") else Answer.OPEN
