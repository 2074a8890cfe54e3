"""What the use cases of codes at checkpoints answer (see `bot.domain.outcomes`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.duty_outcomes import Duty
from bot.domain.ids import CheckpointId, CodeId
from bot.domain.outcomes import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeShown:
    """The code of a checkpoint (None: it has none), since when it is valid, and whether it is known where that is."""

    checkpoint_id: CheckpointId
    place: str
    zone: str
    code_id: CodeId | None = None
    made_at: datetime | None = None
    located: bool = False
    radius: int = 0

    @property
    def start(self) -> str:
        """The start word of the link that the code holds."""
        return f"q_{self.code_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What became of a scan. `place` is the code's checkpoint.

    `what` says what: checked_in, there (they were already), several (`slots` to choose from), early, over, elsewhere
    (their shift now is at another checkpoint), none, revoked (the code is no longer valid; `slots` can be checked in
    for by button), stranger (no member), near, far, skipped (answers to the question where they are).
    `ask`: they are asked where they are.
    """

    what: str
    place: str
    code_id: CodeId | str = ""
    duty: Duty | None = None
    slots: tuple[Slot, ...] = ()
    opens: datetime | None = None
    ask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotAsked:
    """The question where a checkpoint is; `known`: it was said before."""

    checkpoint_id: CheckpointId
    place: str
    known: bool
    radius: int
