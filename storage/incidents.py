"""The repositories of `bot.ports.incidents`, over any engine."""

from __future__ import annotations

from datetime import datetime

from bot.domain.ids import CheckpointId, CommunityId, IncidentId, PersonId
from bot.domain.incidents import OPEN, Entry, Incident
from storage.rows import Rows, instant


class IncidentRows(Rows[Incident]):
    """Incidents and cases."""

    entity = Incident

    async def last_number(self, community_id: CommunityId) -> int:
        """Return the highest number given in a community, 0 before the first."""
        newest = self._find("number", community_id, limit=1, descending=True)
        return newest[0].number if newest else 0

    async def by_number(self, community_id: CommunityId, number: int) -> Incident | None:
        """Return a community's report of that number, or None."""
        found = self._find("number", community_id, low=number, high=number + 1)
        return found[0] if found else None

    async def open_of_community(self, community_id: CommunityId) -> list[Incident]:
        """Return what somebody has to do something about, the oldest first."""
        found = [row for state in OPEN for row in self._find("state", community_id, state)]
        return sorted(found, key=lambda row: (row.made_at, row.number))

    async def of_checkpoint(self, checkpoint_id: CheckpointId, since: datetime) -> list[Incident]:
        """Return what was reported at a checkpoint since an instant, the oldest first."""
        return self._find("checkpoint", checkpoint_id, low=instant(since))

    async def of_reporter(self, person_id: PersonId, limit: int) -> list[Incident]:
        """Return what a person reported, the newest first."""
        return self._find("reporter", person_id, limit=limit, descending=True)

    async def of_owner(self, person_id: PersonId) -> list[Incident]:
        """Return what a person has and is not over, the oldest first."""
        found = [row for state in OPEN for row in self._find("owner", person_id, state)]
        return sorted(found, key=lambda row: (row.made_at, row.number))


class EntryRows(Rows[Entry]):
    """The histories of incidents and cases."""

    entity = Entry

    async def of_incident(self, incident_id: IncidentId) -> list[Entry]:
        """Return a report's history, from its beginning."""
        return self._find("incident", incident_id)
