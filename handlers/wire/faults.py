"""Why a call got no proper answer: what lies beneath python-telegram-bot's errors. The token is kept out of it."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import aiohttp
import msgspec
from telegram.error import NetworkError, RetryAfter, TelegramError

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{5,}")
# What BaseRequest makes its own sense of; every other status becomes a StatusError.
_KNOWN = frozenset({400, 401, 403, 404, 409})
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class WireFault(Exception):
    """Why no answer came. `sent` is False when the request certainly never reached the server."""

    def __init__(self, text: str, *, sent: bool) -> None:
        super().__init__(text)
        self.sent = sent


class Flood(RetryAfter):
    """Asked to wait (429). Unlike its parent it can be made and read without a deprecation warning."""

    def __init__(self, seconds: int) -> None:
        self._retry_after = timedelta(seconds=seconds)
        TelegramError.__init__(self, f"Flood control exceeded. Retry in {seconds} seconds")

    @property
    def retry_after(self) -> int:
        """Seconds to wait."""
        return int(self._retry_after.total_seconds())


class StatusError(NetworkError):
    """The server answered with a status that the Bot API gives no meaning to (5xx, 413, a proxy's page)."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{text} ({status})")
        self.status = status


def certainly_not_sent(error: BaseException) -> bool:
    """Say whether a call that ended so can be repeated without fear of doing it twice."""
    return isinstance(error.__cause__, WireFault) and not error.__cause__.sent


def without_token(text: str) -> str:
    """Return the text with anything that looks like a bot's token replaced."""
    return _TOKEN.sub("<token>", text)


def described(error: BaseException) -> str:
    """Return the error's class and text, without the token."""
    return without_token(f"aiohttp.{type(error).__name__}: {error}")


def fault_of(error: BaseException) -> WireFault:
    """Return what an aiohttp error, a TimeoutError or an OSError says about the request having been sent."""
    return WireFault(described(error), sent=not isinstance(error, _NEVER_SENT))


def judged(status: int, payload: bytes, retry_after: str | None) -> tuple[int, bytes]:
    """Hand on what BaseRequest understands, with the token taken out of pages that repeat the address.

    `retry_after` is the header of that name, for a 429 whose body does not say how long. Raises Flood, StatusError.
    """
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return status, payload
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Flood(_seconds(payload, retry_after))
    payload = without_token(payload.decode("utf-8", "replace")).encode()
    if status in _KNOWN:
        return status, payload
    raise StatusError(status, _description(payload))


def _seconds(payload: bytes, header: str | None) -> int:
    answer = _object(payload)
    parameters = answer.get("parameters")
    told = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(told, int):
        return told
    return int(header) if header and header.isdecimal() else 1


def _description(payload: bytes) -> str:
    return str(_object(payload).get("description", "no Bot API answer"))


def _object(payload: bytes) -> dict[str, object]:
    try:
        answer = msgspec.json.decode(payload)
    except msgspec.DecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}
