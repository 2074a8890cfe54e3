"""What the Bot API answers when it refuses, and what the control API answers to a mistaken caller.

The exact wording is the Bot API server's (its source, telegram-bot-api `Client.cpp`, written "server" below),
TDLib's (written "TDLib") or what Telegram's own servers were seen to answer ("seen"). What nobody has
published is marked "guess". Texts that begin with `sandbox:` are ours: the sandbox is stricter than
Telegram there, because what Telegram would silently ignore is nearly always a bot's mistake.
"""

from typing import Any


class ApiError(Exception):
    """The answer to a Bot API call that fails.

    Attributes:
        code: the HTTP status and `error_code`.
        description: the whole `description`, prefix included.
        parameters: `retry_after` (seconds) or `migrate_to_chat_id`, or empty.
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = dict(self.parameters)
        return answer


class ControlError(Exception):
    """A mistake of whoever drives the sandbox; `status` is the HTTP status of the answer."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


def bad_request(text: str) -> ApiError:
    """400, the text's first letter made small as the server does (`fail_query_with_error`)."""
    return ApiError(400, f"Bad Request: {_lower_first(text)}")


def forbidden(text: str) -> ApiError:
    """403."""
    return ApiError(403, f"Forbidden: {_lower_first(text)}")


def too_many_requests(seconds: int) -> ApiError:
    """429 with the seconds to wait; the same number goes into the `Retry-After` header (server)."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def cannot_parse_entities(text: str) -> ApiError:
    """400 for markup that does not parse (server `get_formatted_text`, TDLib's reason)."""
    return ApiError(400, f"Bad Request: can't parse entities: {text}")


def _lower_first(text: str) -> str:
    if len(text) > 1 and (text[1] == "_" or text[1].isupper()):
        return text
    return text[:1].lower() + text[1:]
