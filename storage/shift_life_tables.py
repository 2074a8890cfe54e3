"""The tables of the shift's whole life, and how their records are found."""

from __future__ import annotations

from bot.domain.attendance import Attendance
from bot.domain.codes import Code
from bot.domain.commitments import Commitment
from bot.domain.cover import Search
from bot.domain.handovers import Handover
from bot.domain.hours import Hours
from bot.domain.series import Series
from bot.domain.skills import Skill, SkillHeld, Team
from bot.domain.standby import Standby
from bot.domain.swaps import Swap
from storage.engine import Index, Table

SHIFT_LIFE: dict[type, Table] = {
    Series: Table(
        "series",
        "id",
        (
            Index("community", ("community_id",), "id"),
            Index("checkpoint", ("checkpoint_id",), "id"),
            Index("state", ("state",), "id"),
        ),
    ),
    Commitment: Table("commitments", "id", (Index("person", ("person_id",)), Index("series", ("series_id", "state")))),
    Skill: Table("skills", "id", (Index("community", ("community_id",), "id"),)),
    SkillHeld: Table(
        "skills_held",
        "id",
        (
            Index("person", ("person_id",)),
            Index("skill", ("skill_id",)),
            Index("until", ("community_id",), "until"),
        ),
    ),
    Team: Table("teams", "id", (Index("community", ("community_id",), "id"),)),
    Search: Table(
        "searches", "id", (Index("shift", ("shift_id",)), Index("state", ("community_id", "state"), "made_at"))
    ),
    Swap: Table(
        "swaps",
        "id",
        (
            Index("open", ("shift_id", "state")),
            Index("other_open", ("other_shift_id", "state")),
            Index("shift", ("shift_id",)),
            Index("person", ("person_id",)),
            Index("other", ("other_id",)),
        ),
    ),
    Standby: Table(
        "standbys",
        "id",
        (
            Index("day", ("community_id", "day"), "turn"),
            Index("person", ("person_id",), "day"),
            Index("community", ("community_id",), "day"),
        ),
    ),
    Attendance: Table(
        "attendances",
        "id",
        (
            Index("shift", ("shift_id",)),
            Index("checkpoint", ("checkpoint_id",), "start"),
            Index("state", ("community_id", "state"), "start"),
            Index("person", ("person_id",), "start"),
        ),
    ),
    Code: Table("codes", "id", (Index("checkpoint", ("checkpoint_id",)),)),
    Handover: Table(
        "handovers", "id", (Index("checkpoint", ("checkpoint_id",), "left_at"), Index("shift", ("shift_id",)))
    ),
    Hours: Table(
        "hours",
        "id",
        (
            Index("month", ("person_id", "month"), "start"),
            Index("community", ("community_id", "month"), "start"),
            Index("person", ("person_id",)),
        ),
    ),
}
