"""Who may do what: one table, deny by default."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.people import Membership, Role


class Action(StrEnum):
    """Everything that needs permission."""

    CLAIM = "claim"
    RELEASE = "release"
    SEE_SHIFTS = "see_shifts"
    MAKE_SHIFTS = "make_shifts"
    CANCEL_SHIFT = "cancel_shift"
    ASSIGN = "assign"
    MAKE_CHECKPOINT = "make_checkpoint"
    ADD_PERSON = "add_person"
    SET_UP = "set_up"


_LEADING = frozenset({Role.OWNER, Role.COORDINATOR})
_SERVING = _LEADING | {Role.SHIFT_LEAD, Role.VOLUNTEER, Role.LIAISON}

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.CLAIM: _SERVING,
    Action.RELEASE: _SERVING,
    Action.SEE_SHIFTS: _SERVING,
    Action.MAKE_SHIFTS: _LEADING,
    Action.CANCEL_SHIFT: _LEADING,
    Action.ASSIGN: _LEADING,
    Action.MAKE_CHECKPOINT: _LEADING,
    Action.ADD_PERSON: _LEADING,
    Action.SET_UP: _LEADING,
}


def may(membership: Membership | None, action: Action) -> bool:
    """Say whether somebody of this standing may do this; without a (present) membership nobody may anything."""
    if membership is None or membership.left_at is not None:
        return False
    return not ALLOWED.get(action, frozenset()).isdisjoint(membership.roles)


def require(membership: Membership | None, action: Action) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(membership, action):
        raise NotAllowed(action)
