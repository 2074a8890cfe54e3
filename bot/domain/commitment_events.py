"""What happens to standing commitments by somebody else's doing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.life_events import OnCommitment

COMMITMENT_TOUCHED = "commitment_touched"
"""The kind of notice that says so to the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentTouched(OnCommitment):
    """A change of the series moves the commitment's hours, or drops them (`after` empty), from a local day on (ISO).

    Hours are local, '08:00-12:00'.
    """

    day: str
    before: str
    after: str = ""
