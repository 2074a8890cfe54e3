"""Codes at checkpoints: printed as a QR code, scanned to check in, revoked when they got about; and where one is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from bot.domain import duty_events as happened
from bot.domain.attendance import Attendance, Presence
from bot.domain.checkpoints import Checkpoint
from bot.domain.events import Event
from bot.domain.ids import CheckpointId, CodeId, CommunityId, PersonId
from bot.domain.life_errors import CodeInvalid, SpotUnread
from bot.domain.lifecycle import step
from bot.domain.rules import ShiftRules
from bot.domain.shifts import Shift

EARTH = 6_371_000  # metres, the mean radius
_SPOT = re.compile(r"(-?\d{1,2}(?:\.\d{1,12})?)\s*[,，;\s]\s*(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
CODE_LETTERS = 20  # a hundred random bits, made by `bot.ports.ids`


class CodeState(StrEnum):
    """The life of a checkpoint's code."""

    VALID = "valid"
    REVOKED = "revoked"


MOVES: dict[CodeState | None, frozenset[CodeState]] = {
    None: frozenset({CodeState.VALID}),
    CodeState.VALID: frozenset({CodeState.REVOKED}),
    CodeState.REVOKED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What stands on the wall of a checkpoint; `id` is the secret itself, with the community's in front."""

    id: CodeId
    community_id: CommunityId
    checkpoint_id: CheckpointId
    state: CodeState = CodeState.VALID
    made_by: PersonId
    made_at: datetime
    revoked_at: datetime | None = None
    version: int = 0


def new_code(
    id_: CodeId, checkpoint: Checkpoint, earlier: Iterable[Code], *, by: PersonId, now: datetime
) -> tuple[list[Code], list[Event]]:
    """Make a checkpoint's code; those it had before are revoked. All that changed is returned, the new one first."""
    code = Code(id=id_, community_id=checkpoint.community_id, checkpoint_id=checkpoint.id, made_by=by, made_at=now)
    codes, events = [code], [_event(happened.CodeMade, code, by)]
    for old in earlier:
        if old.state is CodeState.VALID:
            revoked, told = revoke(old, by=by, now=now)
            codes.append(revoked)
            events += told
    return codes, events


def revoke(code: Code, *, by: PersonId, now: datetime) -> tuple[Code, list[Event]]:
    """Take a code out of use. Raises CodeInvalid if it is."""
    if code.state is CodeState.REVOKED:
        raise CodeInvalid
    revoked = replace(code, state=step(MOVES, code.state, CodeState.REVOKED), revoked_at=now)
    return revoked, [_event(happened.CodeRevoked, revoked, by)]


def check_code(code: Code | None, shift: Shift) -> None:
    """Raise CodeInvalid unless this is a valid code of the shift's checkpoint."""
    if code is None or code.state is CodeState.REVOKED or code.checkpoint_id != shift.checkpoint_id:
        raise CodeInvalid


class Turn(StrEnum):
    """What a scan means for one place at the code's checkpoint."""

    OPEN = "open"
    THERE = "there"
    EARLY = "early"
    OVER = "over"
    DONE = "done"


def turn_of(shift: Shift, attendance: Attendance, rules: ShiftRules, now: datetime) -> Turn:
    """Return what somebody who has a place in the shift can do with the code now."""
    if attendance.present:
        return Turn.THERE
    if attendance.state is Presence.COMPLETED:
        return Turn.DONE
    if now >= shift.end:
        return Turn.OVER
    return Turn.OPEN if now >= shift.start - rules.checkin_opens else Turn.EARLY


def read_spot(text: str) -> tuple[float, float]:
    """Return latitude and longitude (degrees) as typed, such as '39.9042, 116.4074'. Raises SpotUnread."""
    found = _SPOT.fullmatch(text.strip())
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise SpotUnread
    return float(found[1]), float(found[2])


def is_near(checkpoint: Checkpoint, latitude: float, longitude: float) -> bool | None:
    """Say whether a place (degrees) lies within the checkpoint's radius; None where the place does not matter."""
    if checkpoint.latitude is None or checkpoint.longitude is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (checkpoint.latitude, checkpoint.longitude, latitude, longitude))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half))) <= checkpoint.radius


def _event(kind: type[happened.CodeMade | happened.CodeRevoked], code: Code, by: PersonId) -> Event:
    return kind(community_id=code.community_id, actor=by, code_id=code.id, checkpoint_id=code.checkpoint_id)
