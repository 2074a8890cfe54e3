"""What becomes of a notice after an attempt: the one table of retries, pure.

| the call ended with | the notice |
|---|---|
| 429 (RetryLater) | waits as long as it is told to |
| certainly not sent (NotSent) | is tried again with growing waits, for a day at most |
| perhaps accepted (Uncertain) | urgent: is sent once more after 20 s, marked as a repeat; else stays uncertain |
| Migrated | is tried again at the new address |
| Unreachable, Vanished, Rejected | has failed |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

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

REPEAT_AFTER = timedelta(seconds=20)
LONGEST_WAIT = 60.0  # seconds between two tries of what was certainly not sent
GIVE_UP_AFTER = timedelta(hours=24)


def waits_again(notice: Notice, now: datetime) -> bool:
    """Say whether the notice had its turn and waits for the next: meanwhile none made later may overtake it."""
    return notice.not_before > now and (notice.attempts > 0 or notice.reason != "")


def expired(notice: Notice, now: datetime) -> bool:
    """Say whether it is too late for the notice to be of use."""
    return notice.useful_until is not None and now >= notice.useful_until


def sent(notice: Notice, message_id: int) -> Notice:
    """Return the notice as sent."""
    return _over(notice, NoticeState.SENT, "", message_id=message_id)


def pointless(notice: Notice) -> Notice:
    """Return the notice as not sent because there is nothing left to say, or it is too late."""
    return _over(notice, NoticeState.EXPIRED, "")


def after_failure(notice: Notice, error: MessengerError, now: datetime) -> Notice:
    """Return the notice, of which an attempt was begun, after the attempt ended with an error."""
    return _TABLE[type(error)](notice, error, now)


def interrupted(notice: Notice, now: datetime) -> Notice:
    """Return the notice whose attempt was cut off by the end of the program: nobody knows how it ended."""
    return _uncertain(notice, Uncertain("interrupted"), now)


def failed(notice: Notice, reason: str) -> Notice:
    """Return the notice as failed for good."""
    return _over(notice, NoticeState.FAILED, reason)


def _over(notice: Notice, state: NoticeState, reason: str, message_id: int | None = None) -> Notice:
    """Return the notice as done with; the words of a part are of no use any more."""
    part = replace(notice.part, text="") if notice.part else None
    return replace(notice, state=state, reason=reason, message_id=message_id, part=part)


def _again(notice: Notice, wait: timedelta, now: datetime, reason: str) -> Notice:
    # Instants are kept in whole seconds: one more, so that the wait is never shorter than asked for.
    not_before = now + timedelta(seconds=int(wait.total_seconds() + 0.999))
    return replace(notice, state=NoticeState.PENDING, not_before=not_before, reason=reason)


def _later(notice: Notice, error: RetryLater, now: datetime) -> Notice:
    return _again(notice, timedelta(seconds=error.seconds), now, "429")


def _not_sent(notice: Notice, error: NotSent, now: datetime) -> Notice:
    if now - notice.made_at >= GIVE_UP_AFTER:
        return failed(notice, error.reason)
    wait = min(LONGEST_WAIT, 2.0 ** min(notice.attempts - 1, 10))
    return _again(notice, timedelta(seconds=wait), now, error.reason)


def _uncertain(notice: Notice, error: Uncertain, now: datetime) -> Notice:
    if notice.lane is Lane.URGENT and not notice.repeat:
        return replace(_again(notice, REPEAT_AFTER, now, error.reason), repeat=True)
    return _over(notice, NoticeState.UNCERTAIN, error.reason)


def _migrated(notice: Notice, _error: Migrated, now: datetime) -> Notice:
    return _again(notice, timedelta(), now, "migrated")


def _unreachable(notice: Notice, error: Unreachable, _now: datetime) -> Notice:
    return failed(notice, error.reason)


def _vanished(notice: Notice, error: Vanished, _now: datetime) -> Notice:
    return failed(notice, error.what)


def _rejected(notice: Notice, error: Rejected, _now: datetime) -> Notice:
    return failed(notice, error.reason)


_TABLE: dict[type[MessengerError], Callable[..., Notice]] = {
    RetryLater: _later,
    NotSent: _not_sent,
    Uncertain: _uncertain,
    Migrated: _migrated,
    Unreachable: _unreachable,
    Vanished: _vanished,
    Rejected: _rejected,
}
