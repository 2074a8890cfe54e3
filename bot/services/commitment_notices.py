"""Telling those committed to a series what a change of it does to their hours."""

from __future__ import annotations

from datetime import date

from bot.domain import commitments
from bot.domain.commitment_outcomes import CommitmentTold
from bot.domain.commitments import CommitmentState
from bot.domain.communities import nearest_language
from bot.domain.ids import CommitmentId, PersonId
from bot.domain.notices import Notice
from bot.domain.series import Series
from bot.services.desk import Work


async def tell_committed(work: Work, before: Series, after: Series, by: PersonId) -> None:
    """Note in this transaction whose standing hours a change moves or drops, so that they are told."""
    theirs = await work.tx.commitments.of_series(before.id)
    work.happened(*commitments.told_of_change(theirs, before, after, by=by))


async def look_up_commitment(work: Work, notice: Notice) -> CommitmentTold | None:
    """Return what such a notice says; None when the commitment ended or the series was changed once more."""
    reader = await work.tx.people.get(notice.person_id)
    commitment = await work.tx.commitments.get(str(notice.facts["commitment_id"]))
    if reader is None or reader.account is None or commitment is None:
        return None
    series = await work.tx.series.one(commitment.series_id)
    after = str(notice.facts.get("after") or "")
    if commitment.state is not CommitmentState.ACTIVE or commitments.hours_of(series, commitment.slot) != after:
        return None
    checkpoint = await work.tx.checkpoints.one(series.patterns[-1].checkpoint_id)
    return CommitmentTold(
        kind=notice.kind,
        reader=reader,
        language=reader.language or nearest_language(reader.heard_language),
        commitment_id=CommitmentId(commitment.id),
        place=checkpoint.name,
        weekdays=commitment.weekdays,
        before=str(notice.facts["before"]),
        after=after,
        day=date.fromisoformat(str(notice.facts["day"])),
        repeat=notice.repeat,
    )
