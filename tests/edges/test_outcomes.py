"""Every way a Bot API call can fail means exactly one thing for its sender."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
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
from handlers.wire.faults import Flood, StatusError, WireFault
from handlers.wire.outcomes import TABLE, outcome_of

GROUP = -1001
MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def after(error: TelegramError, *, sent: bool) -> TelegramError:
    error.__cause__ = WireFault("x", sent=sent)
    return error


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (Flood(7), RetryLater(7)),
        (ChatMigrated(-1009), Migrated(-1009)),
        (after(NetworkError("refused"), sent=False), NotSent("refused")),
        (after(TimedOut("pool"), sent=False), NotSent("pool")),
        (after(TimedOut("read"), sent=True), Uncertain("read")),
        (after(NetworkError("reset"), sent=True), Uncertain("reset")),
        (NetworkError("Unknown error in HTTP implementation: X"), Uncertain("Unknown error in HTTP implementation: X")),
        (TelegramError("Invalid server response"), Uncertain("Invalid server response")),
        (StatusError(500, "Internal Server Error: restart"), NotSent("Internal Server Error: restart (500)")),
        (StatusError(502, "no"), NotSent("no (502)")),
        (StatusError(504, "no"), Uncertain("no (504)")),
        (StatusError(413, "Request Entity Too Large"), Rejected("Request Entity Too Large (413)")),
        (InvalidToken("Unauthorized"), NotSent("Unauthorized")),
        (Conflict("Conflict: terminated"), Rejected("Conflict: terminated")),
        (Forbidden("Forbidden: bot was blocked by the user"), Unreachable("blocked")),
        (Forbidden("Forbidden: user is deactivated"), Unreachable("gone")),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Unreachable("not_started")),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Unreachable("removed")),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), Unreachable("removed")),
        (Forbidden("Forbidden: the group chat was deleted"), Unreachable("removed")),
        (Forbidden("Forbidden: something new"), Unreachable("rights")),
        (BadRequest(MODIFIED), None),
        (BadRequest(OLD), None),
        (BadRequest("Bad Request: message to delete not found"), None),
        (BadRequest("Bad Request: message to edit not found"), Vanished("message")),
        (BadRequest("Bad Request: message can't be edited"), Vanished("message")),
        (BadRequest("Bad Request: MESSAGE_ID_INVALID"), Vanished("message")),
        (BadRequest("Bad Request: message thread not found"), Vanished("topic")),
        (BadRequest("Bad Request: TOPIC_CLOSED"), Vanished("topic")),
        (BadRequest("Bad Request: TOPIC_DELETED"), Vanished("topic")),
        (BadRequest("Bad Request: TOPIC_ID_INVALID"), Vanished("topic")),
        (BadRequest("Bad Request: chat not found"), Unreachable("removed")),
        (BadRequest("Bad Request: PEER_ID_INVALID"), Unreachable("removed")),
        (BadRequest("Bad Request: USER_IS_BLOCKED"), Unreachable("blocked")),
        (BadRequest("Bad Request: INPUT_USER_DEACTIVATED"), Unreachable("gone")),
        (BadRequest("Bad Request: user not found"), Unreachable("gone")),
        (BadRequest("Bad Request: group chat was deactivated"), Unreachable("removed")),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), Unreachable("rights")),
        (BadRequest("Bad Request: need administrator rights in the channel chat"), Unreachable("rights")),
        (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), Unreachable("rights")),
        (BadRequest("Bad Request: CHAT_RESTRICTED"), Unreachable("rights")),
        (BadRequest("Bad Request: CHAT_ADMIN_REQUIRED"), Unreachable("rights")),
        (BadRequest("Bad Request: message is too long"), Rejected("Message is too long")),
        (BadRequest("Bad Request: can't parse entities: x"), Rejected("Can't parse entities: x")),
        (TelegramError("something quite new"), Rejected("something quite new")),
    ],
)
def test_an_error_means(error: TelegramError, meaning: MessengerError) -> None:
    assert outcome_of(error, GROUP) == meaning


@pytest.mark.parametrize(
    "text", ["Forbidden: the bot can't send messages to the bot", "Forbidden: bot can't send messages to bots"]
)
def test_a_bot_as_reader_is_refused_for_good(text: str) -> None:
    assert isinstance(outcome_of(Forbidden(text), 7), Rejected)


def test_a_private_chat_that_is_not_found_was_never_started() -> None:
    assert outcome_of(BadRequest("Bad Request: chat not found"), 5001) == Unreachable("not_started")


def test_python_telegram_bots_own_flood_error_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    assert outcome_of(RetryAfter(3600), GROUP) == RetryLater(3600)


def test_no_row_is_hidden_by_one_above_it() -> None:
    for place, row in enumerate(TABLE):
        for above in TABLE[:place]:
            assert not (issubclass(row.kind, above.kind) and row.prefix.startswith(above.prefix)), (above, row)


def test_the_reason_kept_is_short_and_without_a_token() -> None:
    outcome = outcome_of(BadRequest("Bad Request: 123456:AbCdEfGhIjKlMn " + "x" * 500), GROUP)
    assert isinstance(outcome, Rejected)
    assert len(outcome.reason) == 200
    assert "abcdef" not in outcome.reason.casefold()
