"""Repositories of the shift's whole life: series, commitments, skills, searches, swaps, attendance, hours and so on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.domain.attendance import Attendance
from bot.domain.codes import Code
from bot.domain.commitments import Commitment
from bot.domain.cover import Search
from bot.domain.handovers import Handover
from bot.domain.hours import Hours
from bot.domain.ids import CheckpointId, CommunityId, PersonId, SeriesId, ShiftId, SkillId
from bot.domain.series import Series
from bot.domain.skills import Skill, SkillHeld, Team
from bot.domain.standby import Standby
from bot.domain.swaps import Swap
from bot.ports.repository import Repository


class SeriesTable(Repository[Series], Protocol):
    """Series of shifts."""

    async def of_community(self, community_id: CommunityId) -> list[Series]:
        """Return a community's series, ended ones included, by id."""

    async def of_checkpoint(self, checkpoint_id: CheckpointId) -> list[Series]:
        """Return the series whose newest pattern is at a checkpoint, ended ones included, by id."""

    async def running(self, *, after: str = "", limit: int | None = None) -> list[Series]:
        """Return the running series of every community by id, from after the given id."""


class Commitments(Repository[Commitment], Protocol):
    """Standing commitments."""

    async def of_person(self, person_id: PersonId) -> list[Commitment]:
        """Return a person's commitments, ended ones included, in no particular order."""

    async def of_series(self, series_id: SeriesId) -> list[Commitment]:
        """Return the active commitments to a series, in no particular order."""


class Skills(Repository[Skill], Protocol):
    """What communities ask for by name."""

    async def of_community(self, community_id: CommunityId) -> list[Skill]:
        """Return a community's skills, closed ones included, by id."""


class SkillsHeld(Repository[SkillHeld], Protocol):
    """Who has which skill."""

    async def of_person(self, person_id: PersonId) -> list[SkillHeld]:
        """Return what a person is known to have, in no particular order."""

    async def of_skill(self, skill_id: SkillId) -> list[SkillHeld]:
        """Return who has a skill, in no particular order."""

    async def ending(self, community_id: CommunityId, before: date) -> list[SkillHeld]:
        """Return a community's certificates whose last day lies before a day, the earliest first."""


class Teams(Repository[Team], Protocol):
    """Teams and partner units."""

    async def of_community(self, community_id: CommunityId) -> list[Team]:
        """Return a community's teams, closed ones included, by id."""


class Searches(Repository[Search], Protocol):
    """Searches for cover."""

    async def of_shift(self, shift_id: ShiftId) -> list[Search]:
        """Return every search for a place on a shift, closed ones included, in no particular order."""

    async def open_of_community(self, community_id: CommunityId) -> list[Search]:
        """Return the searches that still look for somebody, the oldest first."""


class Swaps(Repository[Swap], Protocol):
    """Swaps."""

    async def open_of_shift(self, shift_id: ShiftId) -> list[Swap]:
        """Return the unsettled swaps in which a place on this shift is to be given, by either side."""

    async def of_person(self, person_id: PersonId) -> list[Swap]:
        """Return every swap that a person asked for or was asked for, in no particular order."""


class Standbys(Repository[Standby], Protocol):
    """Who may be called, when."""

    async def of_day(self, community_id: CommunityId, day: date) -> list[Standby]:
        """Return everybody's standby on a local day, whoever is called next first."""

    async def of_person(self, person_id: PersonId, begin: date, end: date) -> list[Standby]:
        """Return a person's standby of the local days [begin, end), by day."""


class Attendances(Repository[Attendance], Protocol):
    """Who was there."""

    async def of_shift(self, shift_id: ShiftId) -> list[Attendance]:
        """Return what is known of a shift, in no particular order."""

    async def of_checkpoint(self, checkpoint_id: CheckpointId, start: datetime, end: datetime) -> list[Attendance]:
        """Return what is known of a checkpoint's shifts that begin in [start, end), by start."""

    async def present(self, community_id: CommunityId) -> list[Attendance]:
        """Return who is there now, everywhere in a community, by the start of their shift."""

    async def of_person(self, person_id: PersonId, start: datetime, end: datetime) -> list[Attendance]:
        """Return what is known of a person's shifts that begin in [start, end), by start."""


class Codes(Repository[Code], Protocol):
    """Codes at checkpoints."""

    async def of_checkpoint(self, checkpoint_id: CheckpointId) -> list[Code]:
        """Return a checkpoint's codes, revoked ones included, in no particular order."""


class Handovers(Repository[Handover], Protocol):
    """Chains of handovers."""

    async def chain(self, checkpoint_id: CheckpointId, *, before: datetime | None = None, limit: int) -> list[Handover]:
        """Return a checkpoint's newest handovers (left before an instant), newest first."""


class HoursLog(Repository[Hours], Protocol):
    """The hours log."""

    async def of_person(self, person_id: PersonId, month: str) -> list[Hours]:
        """Return a person's entries of a local month ('2026-12'), in every community, by start."""

    async def of_community(self, community_id: CommunityId, month: str) -> list[Hours]:
        """Return everybody's entries of a local month, by start."""

    async def served(self, person_id: PersonId) -> int:
        """Return how many shifts a person has served."""
