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
    MAKE_SERIES = "make_series"
    CHANGE_SHIFT = "change_shift"
    COMMIT = "commit"
    CLAIM_FOR_GUEST = "claim_for_guest"
    OVERRIDE_RULES = "override_rules"
    SEEK_COVER = "seek_cover"
    SWAP = "swap"
    APPROVE_EXCHANGE = "approve_exchange"
    STAND_BY = "stand_by"
    CHECK_IN = "check_in"
    CHECK_IN_OTHERS = "check_in_others"
    CORRECT_ATTENDANCE = "correct_attendance"
    HAND_OVER = "hand_over"
    SEE_ON_DUTY = "see_on_duty"
    SEE_HOURS_OF_ALL = "see_hours_of_all"
    MAKE_CODES = "make_codes"
    GRANT_SKILLS = "grant_skills"
    MAKE_TEAMS = "make_teams"
    SET_RULES = "set_rules"
    MAKE_LEADS = "make_leads"
    REPORT = "report"
    TAKE_INCIDENT = "take_incident"
    SEE_INCIDENTS = "see_incidents"
    ASSIGN_INCIDENT = "assign_incident"
    DECIDE_INCIDENT = "decide_incident"


_LEADING = frozenset({Role.OWNER, Role.COORDINATOR})
_SERVING = _LEADING | {Role.SHIFT_LEAD, Role.VOLUNTEER, Role.LIAISON}
_ON_THE_SPOT = _LEADING | {Role.SHIFT_LEAD}

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
    Action.MAKE_SERIES: _LEADING,
    Action.CHANGE_SHIFT: _LEADING,
    Action.COMMIT: _SERVING,
    Action.CLAIM_FOR_GUEST: _SERVING,
    Action.OVERRIDE_RULES: _LEADING,
    Action.SEEK_COVER: _SERVING,
    Action.SWAP: _SERVING,
    Action.APPROVE_EXCHANGE: _LEADING,
    Action.STAND_BY: _SERVING,
    Action.CHECK_IN: _SERVING,
    Action.CHECK_IN_OTHERS: _ON_THE_SPOT,
    Action.CORRECT_ATTENDANCE: _LEADING,
    Action.HAND_OVER: _SERVING,
    Action.SEE_ON_DUTY: _SERVING,
    Action.SEE_HOURS_OF_ALL: _LEADING,
    Action.MAKE_CODES: _LEADING,
    Action.GRANT_SKILLS: _LEADING,
    Action.MAKE_TEAMS: _LEADING,
    Action.SET_RULES: _LEADING,
    Action.MAKE_LEADS: _LEADING,
    Action.REPORT: _SERVING | {Role.RESIDENT},
    Action.TAKE_INCIDENT: _SERVING,
    Action.SEE_INCIDENTS: _ON_THE_SPOT,
    Action.ASSIGN_INCIDENT: _ON_THE_SPOT,
    Action.DECIDE_INCIDENT: _LEADING,
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
