"""A street where things are reported, for tests: people, a report, and a day to report it on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import handling, reporting
from bot.domain.ids import CheckpointId, CommunityId, IncidentId, PersonId
from bot.domain.incidents import Done, Incident

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)  # ten in the morning
ZONE = ZoneInfo("Asia/Shanghai")
LI, WANG, CHEN, ZHAO = (PersonId(name) for name in ("li", "wang", "chen", "zhao"))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def reported(
    key: str = "storm", *facts: str, number: int = 1, text: str = "", by: PersonId = LI, now: datetime = NOW
) -> Done:
    """A report of something at the gate."""
    return reporting.report(
        IncidentId(f"c-i{number}"),
        CommunityId("c"),
        number,
        key,
        by=by,
        facts=facts,
        text=text,
        checkpoint_id=CheckpointId("c-gate"),
        run_id=f"r{number}",
        zone=ZONE,
        now=now,
    )


def taken(incident: Incident, by: PersonId = WANG, now: datetime = NOW) -> Incident:
    """The report after somebody took it."""
    return handling.take(incident, by=by, owner="", now=now).incident


def resolved(incident: Incident, by: PersonId = WANG, now: datetime = NOW) -> Incident:
    """The report after whoever has it said that it is solved."""
    return handling.resolve(incident, by=by, leads=False, note="swept up", now=now).incident
