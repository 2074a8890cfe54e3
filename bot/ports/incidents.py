"""The store as the use cases of incidents and cases see it (see `bot.ports.store`)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.ids import CheckpointId, CommunityId, IncidentId, PersonId
from bot.domain.incidents import Entry, Incident
from bot.ports.repository import Repository


class Incidents(Repository[Incident], Protocol):
    """Incidents and cases."""

    async def last_number(self, community_id: CommunityId) -> int:
        """Return the highest number given in a community, 0 before the first."""

    async def by_number(self, community_id: CommunityId, number: int) -> Incident | None:
        """Return a community's report of that number, or None."""

    async def open_of_community(self, community_id: CommunityId) -> list[Incident]:
        """Return what somebody has to do something about, the oldest first."""

    async def of_checkpoint(self, checkpoint_id: CheckpointId, since: datetime) -> list[Incident]:
        """Return what was reported at a checkpoint since an instant, the oldest first."""

    async def of_reporter(self, person_id: PersonId, limit: int) -> list[Incident]:
        """Return what a person reported, the newest first."""

    async def of_owner(self, person_id: PersonId) -> list[Incident]:
        """Return what a person has and is not over, the oldest first."""


class Entries(Repository[Entry], Protocol):
    """The histories of incidents and cases."""

    async def of_incident(self, incident_id: IncidentId) -> list[Entry]:
        """Return a report's history, from its beginning."""
