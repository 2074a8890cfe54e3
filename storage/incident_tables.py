"""The tables of incidents and cases, and how their records are found."""

from __future__ import annotations

from bot.domain.incidents import Entry, Incident
from storage.engine import Index, Table

INCIDENT_TABLES: dict[type, Table] = {
    Incident: Table(
        "incidents",
        "id",
        (
            Index("number", ("community_id",), "number"),
            Index("state", ("community_id", "state"), "made_at"),
            Index("checkpoint", ("checkpoint_id",), "made_at"),
            Index("reporter", ("reporter_id",), "made_at"),
            Index("owner", ("owner_id", "state"), "made_at"),
        ),
    ),
    Entry: Table("incident_entries", "id", (Index("incident", ("incident_id",), "seq"),)),
}
