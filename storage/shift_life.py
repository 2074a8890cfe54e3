"""The repositories of `bot.ports.shift_life`, over any engine."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.attendance import Attendance, Presence
from bot.domain.codes import Code
from bot.domain.commitments import Commitment, CommitmentState
from bot.domain.cover import Search, SearchState
from bot.domain.handovers import Handover
from bot.domain.hours import Hours
from bot.domain.ids import CheckpointId, CommunityId, PersonId, SeriesId, ShiftId, SkillId
from bot.domain.series import Series, SeriesState
from bot.domain.skills import Skill, SkillHeld, Team
from bot.domain.standby import Standby
from bot.domain.swaps import OPEN, Swap
from storage.rows import Rows, instant


class SeriesRows(Rows[Series]):
    """Series of shifts."""

    entity = Series

    async def of_community(self, community_id: CommunityId) -> list[Series]:
        """Return a community's series, ended ones included, by id."""
        return self._find("community", community_id)

    async def of_checkpoint(self, checkpoint_id: CheckpointId) -> list[Series]:
        """Return the series whose newest pattern is at a checkpoint, ended ones included, by id."""
        return self._find("checkpoint", checkpoint_id)

    async def running(self, *, after: str = "", limit: int | None = None) -> list[Series]:
        """Return the running series of every community by id, from after the given id."""
        return self._find("state", SeriesState.RUNNING, low=after + "\0" if after else None, limit=limit)


class CommitmentRows(Rows[Commitment]):
    """Standing commitments."""

    entity = Commitment

    async def of_person(self, person_id: PersonId) -> list[Commitment]:
        """Return a person's commitments, ended ones included, in no particular order."""
        return self._find("person", person_id)

    async def of_series(self, series_id: SeriesId) -> list[Commitment]:
        """Return the active commitments to a series, in no particular order."""
        return self._find("series", series_id, CommitmentState.ACTIVE)


class SkillRows(Rows[Skill]):
    """What communities ask for by name."""

    entity = Skill

    async def of_community(self, community_id: CommunityId) -> list[Skill]:
        """Return a community's skills, closed ones included, by id."""
        return self._find("community", community_id)


class SkillHeldRows(Rows[SkillHeld]):
    """Who has which skill."""

    entity = SkillHeld

    async def of_person(self, person_id: PersonId) -> list[SkillHeld]:
        """Return what a person is known to have, in no particular order."""
        return self._find("person", person_id)

    async def of_skill(self, skill_id: SkillId) -> list[SkillHeld]:
        """Return who has a skill, in no particular order."""
        return self._find("skill", skill_id)

    async def ending(self, community_id: CommunityId, before: date) -> list[SkillHeld]:
        """Return a community's certificates whose last day lies before a day, the earliest first."""
        return self._find("until", community_id, high=before.isoformat())


class TeamRows(Rows[Team]):
    """Teams and partner units."""

    entity = Team

    async def of_community(self, community_id: CommunityId) -> list[Team]:
        """Return a community's teams, closed ones included, by id."""
        return self._find("community", community_id)


class SearchRows(Rows[Search]):
    """Searches for cover."""

    entity = Search

    async def of_shift(self, shift_id: ShiftId) -> list[Search]:
        """Return every search for a place on a shift, closed ones included, in no particular order."""
        return self._find("shift", shift_id)

    async def open_of_community(self, community_id: CommunityId) -> list[Search]:
        """Return the searches that still look for somebody, the oldest first."""
        return self._find("state", community_id, SearchState.SEEKING)


class SwapRows(Rows[Swap]):
    """Swaps."""

    entity = Swap

    async def open_of_shift(self, shift_id: ShiftId) -> list[Swap]:
        """Return the unsettled swaps in which a place on this shift is to be given, by either side."""
        sides = [(side, state) for side in ("open", "other_open") for state in sorted(OPEN)]
        return [swap for side, state in sides for swap in self._find(side, shift_id, state)]

    async def of_person(self, person_id: PersonId) -> list[Swap]:
        """Return every swap that a person asked for or was asked for, in no particular order."""
        return [*self._find("person", person_id), *self._find("other", person_id)]


class StandbyRows(Rows[Standby]):
    """Who may be called, when."""

    entity = Standby

    async def of_day(self, community_id: CommunityId, day: date) -> list[Standby]:
        """Return everybody's standby on a local day, whoever is called next first."""
        return self._find("day", community_id, day.isoformat())

    async def of_person(self, person_id: PersonId, begin: date, end: date) -> list[Standby]:
        """Return a person's standby of the local days [begin, end), by day."""
        return self._find("person", person_id, low=begin.isoformat(), high=end.isoformat())


class AttendanceRows(Rows[Attendance]):
    """Who was there."""

    entity = Attendance

    async def of_shift(self, shift_id: ShiftId) -> list[Attendance]:
        """Return what is known of a shift, in no particular order."""
        return self._find("shift", shift_id)

    async def of_checkpoint(self, checkpoint_id: CheckpointId, start: datetime, end: datetime) -> list[Attendance]:
        """Return what is known of a checkpoint's shifts that begin in [start, end), by start."""
        return self._find("checkpoint", checkpoint_id, low=instant(start), high=instant(end))

    async def present(self, community_id: CommunityId) -> list[Attendance]:
        """Return who is there now, everywhere in a community, by the start of their shift."""
        return self._find("state", community_id, Presence.CHECKED_IN)

    async def of_person(self, person_id: PersonId, start: datetime, end: datetime) -> list[Attendance]:
        """Return what is known of a person's shifts that begin in [start, end), by start."""
        return self._find("person", person_id, low=instant(start), high=instant(end))


class CodeRows(Rows[Code]):
    """Codes at checkpoints."""

    entity = Code

    async def of_checkpoint(self, checkpoint_id: CheckpointId) -> list[Code]:
        """Return a checkpoint's codes, revoked ones included, in no particular order."""
        return self._find("checkpoint", checkpoint_id)


class HandoverRows(Rows[Handover]):
    """Chains of handovers."""

    entity = Handover

    async def chain(self, checkpoint_id: CheckpointId, *, before: datetime | None = None, limit: int) -> list[Handover]:
        """Return a checkpoint's newest handovers (left before an instant), newest first."""
        high = instant(before) if before else None
        return self._find("checkpoint", checkpoint_id, high=high, limit=limit, descending=True)


class HoursRows(Rows[Hours]):
    """The hours log."""

    entity = Hours

    async def of_person(self, person_id: PersonId, month: str) -> list[Hours]:
        """Return a person's entries of a local month ('2026-12'), in every community, by start."""
        return self._find("month", person_id, month)

    async def of_community(self, community_id: CommunityId, month: str) -> list[Hours]:
        """Return everybody's entries of a local month, by start."""
        return self._find("community", community_id, month)

    async def served(self, person_id: PersonId) -> int:
        """Return how many shifts a person has served."""
        return self._engine.count(self._table, "person", (person_id,))
