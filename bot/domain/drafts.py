"""Drafts: what a person has filled in of a form so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.events import Fact
from bot.domain.ids import CommunityId, PersonId

DRAFT_LIVES = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One person's open form; there is at most one, so `id` is the person's id.

    `step` is what is asked now.
    """

    id: PersonId
    dialog: str
    step: str
    community_id: CommunityId
    fields: dict[str, Fact]
    expires_at: datetime
    version: int = 0

    def answered(self, *, step: str, now: datetime, **fields: Fact) -> Draft:
        """Return the draft at its next step with more fields filled in, and its time renewed."""
        return replace(self, step=step, fields={**self.fields, **fields}, expires_at=now + DRAFT_LIVES)

    def text(self, name: str) -> str:
        """Return a text field, empty if it was not filled in."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """Return a number field, or None."""
        value = self.fields.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


def open_draft(
    person_id: PersonId, dialog: str, step: str, community_id: CommunityId, *, now: datetime, **fields: Fact
) -> Draft:
    """Begin a form; it expires when it is left alone for 30 minutes."""
    return Draft(
        id=person_id,
        dialog=dialog,
        step=step,
        community_id=community_id,
        fields=fields,
        expires_at=now + DRAFT_LIVES,
    )
