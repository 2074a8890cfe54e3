"""Identities.

An id that belongs to a community begins with the community's id and a dash, so that every key can be sharded by
community without looking anything up. Ids are opaque text of at most 32 ASCII characters: they travel in button
payloads of 64 bytes.
"""

from __future__ import annotations

from typing import NewType

CommunityId = NewType("CommunityId", str)
PersonId = NewType("PersonId", str)
CheckpointId = NewType("CheckpointId", str)
ShiftId = NewType("ShiftId", str)
BatchId = NewType("BatchId", str)
SeriesId = NewType("SeriesId", str)
CommitmentId = NewType("CommitmentId", str)
SkillId = NewType("SkillId", str)
TeamId = NewType("TeamId", str)
SearchId = NewType("SearchId", str)
SwapId = NewType("SwapId", str)
HandoverId = NewType("HandoverId", str)
CodeId = NewType("CodeId", str)
IncidentId = NewType("IncidentId", str)


def community_of(key: str) -> CommunityId:
    """Return the id of the community that a community-owned id belongs to."""
    return CommunityId(key.partition("-")[0])
