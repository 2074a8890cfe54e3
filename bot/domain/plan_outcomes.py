"""What importing a plan answers: facts for the views to put into words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.copy_outcomes import CopiedShift
from bot.domain.ids import BatchId
from bot.domain.plans import BadCell


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCheck:
    """What a file would make (`preview`), or has made (`done`); with `missing` columns or `bad` cells nothing.

    `existing` shifts are there already and left alone. `places` are the names of the checkpoints there are.
    """

    step: str
    zone: str = "UTC"
    shifts: tuple[CopiedShift, ...] = ()
    existing: int = 0
    bad: tuple[BadCell, ...] = ()
    missing: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    batch_id: BatchId | str = ""
