"""The one table that says what a failed Bot API call means for its sender.

The texts are those of the Bot API server 10.0 and of TDLib. Telegram does not promise them, so a row matches the
error's class and the stable beginning of its text only, in lower case; whatever no row knows is refused for good if
Telegram refused it, and uncertain if nobody did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

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
from handlers.wire.faults import Flood, StatusError, certainly_not_sent, without_token

E = TypeVar("E", bound=TelegramError)
Meaning = Callable[[str, int | None], MessengerError | None]

LONGEST_REASON = 200  # characters kept of what Telegram said
GATEWAY_TIMEOUT = 504  # a gateway handed the call on and heard nothing: the one 5xx that may have been accepted


@dataclass(frozen=True, slots=True)
class Row:
    """Errors of a class (or below it) whose text, in lower case, begins so, and what they mean."""

    kind: type[TelegramError]
    prefix: str
    meaning: Meaning


def _fine(_text: str, _chat_id: int | None) -> None:
    return None


def _unreachable(reason: str) -> Meaning:
    return lambda _text, _chat_id: Unreachable(reason)


def _vanished(what: str) -> Meaning:
    return lambda _text, _chat_id: Vanished(what)


def _unknown_chat(_text: str, chat_id: int | None) -> MessengerError:
    """A private chat that is not found was never started; a group that is not found has gone."""
    return Unreachable("removed" if chat_id is not None and chat_id < 0 else "not_started")


def _rejected(text: str, _chat_id: int | None) -> MessengerError:
    return Rejected(text)


def _not_sent(text: str, _chat_id: int | None) -> MessengerError:
    return NotSent(text)


def _uncertain(text: str, _chat_id: int | None) -> MessengerError:
    return Uncertain(text)


TABLE: tuple[Row, ...] = (
    Row(Forbidden, "forbidden: bot was blocked", _unreachable("blocked")),
    Row(Forbidden, "forbidden: user is deactivated", _unreachable("gone")),
    Row(Forbidden, "forbidden: bot can't initiate", _unreachable("not_started")),
    Row(Forbidden, "forbidden: bot was kicked", _unreachable("removed")),
    Row(Forbidden, "forbidden: bot is not a member", _unreachable("removed")),
    Row(Forbidden, "forbidden: the group chat was deleted", _unreachable("removed")),
    Row(Forbidden, "forbidden: the bot can't send messages to", _rejected),
    Row(Forbidden, "forbidden: bot can't send messages to", _rejected),
    Row(Forbidden, "", _unreachable("rights")),
    Row(BadRequest, "message is not modified", _fine),
    Row(BadRequest, "message to delete not found", _fine),
    Row(BadRequest, "query is too old", _fine),
    Row(BadRequest, "message to edit not found", _vanished("message")),
    Row(BadRequest, "message can't be edited", _vanished("message")),
    Row(BadRequest, "message_id_invalid", _vanished("message")),
    Row(BadRequest, "message thread not found", _vanished("topic")),
    Row(BadRequest, "topic_closed", _vanished("topic")),
    Row(BadRequest, "topic_deleted", _vanished("topic")),
    Row(BadRequest, "topic_id_invalid", _vanished("topic")),
    Row(BadRequest, "chat not found", _unknown_chat),
    Row(BadRequest, "peer_id_invalid", _unknown_chat),
    Row(BadRequest, "user_is_blocked", _unreachable("blocked")),
    Row(BadRequest, "input_user_deactivated", _unreachable("gone")),
    Row(BadRequest, "user not found", _unreachable("gone")),
    Row(BadRequest, "group chat was deactivated", _unreachable("removed")),
    Row(BadRequest, "chat is deactivated", _unreachable("removed")),
    Row(BadRequest, "not enough rights", _unreachable("rights")),
    Row(BadRequest, "have no rights to send", _unreachable("rights")),
    Row(BadRequest, "need administrator rights", _unreachable("rights")),
    Row(BadRequest, "chat_write_forbidden", _unreachable("rights")),
    Row(BadRequest, "chat_restricted", _unreachable("rights")),
    Row(BadRequest, "chat_send_", _unreachable("rights")),
    Row(BadRequest, "chat_admin_required", _unreachable("rights")),
    Row(BadRequest, "", _rejected),
    # The token is no longer good: the receiver stops the program, and what is owed waits for its next start.
    Row(InvalidToken, "", _not_sent),
    Row(NetworkError, "", _uncertain),
    Row(TelegramError, "invalid server response", _uncertain),
    Row(TelegramError, "", _rejected),
)


def outcome_of(error: TelegramError, chat_id: int | None = None) -> MessengerError | None:
    """Return what a failed call means, or None if what was wanted is already so.

    `chat_id` is the chat that was addressed, if any.
    """
    if isinstance(error, RetryAfter):
        return RetryLater(_seconds(error))
    if isinstance(error, ChatMigrated):
        return Migrated(error.new_chat_id)
    text = without_token(error.message)[:LONGEST_REASON]
    if isinstance(error, StatusError):
        return _by_status(error.status, text)
    if certainly_not_sent(error):
        return NotSent(text)
    folded = text.lower()
    row = next(row for row in TABLE if isinstance(error, row.kind) and folded.startswith(row.prefix))
    return row.meaning(text, chat_id)


def _seconds(error: RetryAfter) -> float:
    if isinstance(error, Flood):
        return error.retry_after
    waited = error.retry_after
    return waited if isinstance(waited, int) else waited.total_seconds()


def _by_status(status: int, text: str) -> MessengerError:
    if status == GATEWAY_TIMEOUT:
        return Uncertain(text)
    return NotSent(text) if status >= 500 else Rejected(text)
