"""The page that says what every failed call means: made from the table and the fates that the program obeys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.delivery import fates
from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Lane, Notice, NoticeState
from bot.ports.messenger import (
    MessengerError,
    Migrated,
    NotSent,
    Rejected,
    RetryLater,
    Uncertain,
    Unreachable,
    Vanished,
)
from handlers.wire.outcomes import TABLE

_NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
_GROUP, _PERSON = -1, 1
_BEYOND_THE_TABLE: tuple[tuple[str, MessengerError], ...] = (
    ("429, with the seconds to wait", RetryLater(30)),
    ("the group has another id now", Migrated(-2)),
    ("no connection, a full pool", NotSent("")),
    ("any 5xx but 504", NotSent("")),
    ("504, or no answer after the call went out", Uncertain("")),
    ("any other status", Rejected("")),
)
_CARDS: dict[type[MessengerError], str] = {
    RetryLater: "waits as long as it is told to",
    NotSent: "shown again, with growing waits",
    Uncertain: "shown again: an edit may be made twice",
    Migrated: "moves to the new id with the group",
    Vanished: "posted anew",
    Unreachable: "tried again every 5 min; those who lead are told",
    Rejected: "stays as it is, and the log says why",
}


def rows() -> list[list[str]]:
    """Return what Telegram answers, what it means, and what becomes of an urgent notice, another one, and a card."""
    return [
        [answer, meaning_text(error), becomes(error, Lane.URGENT), becomes(error, Lane.REPLY), card(error)]
        for answer, error in _answers()
    ]


def _answers() -> Iterator[tuple[str, MessengerError | None]]:
    yield from _BEYOND_THE_TABLE
    for row in TABLE:
        prefix = f"`{row.prefix}…`" if row.prefix else "anything else"
        yield f"{row.kind.__name__}: {prefix}", row.meaning("", _GROUP)
        if row.meaning("", _PERSON) != row.meaning("", _GROUP):
            yield f"{row.kind.__name__}: {prefix}, for a private chat", row.meaning("", _PERSON)


def meaning_text(error: MessengerError | None) -> str:
    """Return the class of outcome, with its reason."""
    if error is None:
        return "it is so already"
    detail = str(getattr(error, "what", "") or (error.reason if isinstance(error, Unreachable) else ""))
    return type(error).__name__ + (f" ({detail})" if detail else "")


def becomes(error: MessengerError | None, lane: Lane) -> str:
    """Return what becomes of a notice in that lane after its first attempt ended so."""
    if error is None:
        return "sent"
    after = fates.after_failure(_notice(lane), error, _NOW)
    if after.state is not NoticeState.PENDING:
        return str(after.state)
    if isinstance(error, RetryLater):
        return "again when told"
    wait = int((after.not_before - _NOW).total_seconds())
    return f"again after {wait} s" + (", marked as a repeat" if after.repeat else "")


def card(error: MessengerError | None) -> str:
    """Return what becomes of a live card."""
    if error == Unreachable("removed"):
        return "rests until the bot is back in the group; those who lead are told"
    if error == Vanished("topic"):
        return "posted where cards go then, else tried again every 5 min; those who lead are told"
    return "as it should be" if error is None else _CARDS[type(error)]


def _notice(lane: Lane) -> Notice:
    return Notice(
        id="",
        community_id=CommunityId(""),
        person_id=PersonId(""),
        lane=lane,
        kind="",
        facts={},
        state=NoticeState.SENDING,
        turn=1,
        made_at=_NOW,
        not_before=_NOW,
        attempts=1,
    )
