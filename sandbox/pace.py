"""Telegram's pace, enforced when asked for: 30 calls a second, one message a second a chat, 20 a minute a group.

The real figures are unpublished; these are what the Bot FAQ says ("avoid sending more than one message per second
in a chat", "not more than 20 messages per minute to the same group", "about 30 messages per second"). That edits
count like messages in groups is what grammY's documentation reports.
"""

import math
import time
from collections import deque
from collections.abc import Callable

from sandbox.errors import too_many_requests

SENDS = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "sendVideo",
        "sendVoice",
        "sendMediaGroup",
        "sendLocation",
        "sendVenue",
        "sendContact",
        "sendPoll",
        "sendDice",
        "forwardMessage",
        "forwardMessages",
        "copyMessage",
        "copyMessages",
    },
)
EDITS = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia", "editMessageReplyMarkup"})
OVERALL, PER_CHAT_BURST, PER_GROUP = 30, 3, 20


class Pace:
    """Counts what is sent and refuses what is too much.

    Args:
        now: a clock in seconds; the real, monotonic one unless a test gives another.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.enforced = False
        self._now = now
        self._overall: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}
        self._groups: dict[int, deque[float]] = {}

    def admit(self, method: str, chat_id: int | None) -> None:
        """Count this call, or raise `ApiError` 429 with the whole seconds until it would pass."""
        if not self.enforced or method not in SENDS | EDITS:
            return
        now = self._now()
        windows = [(self._overall, 1.0, OVERALL)]
        if chat_id is not None and method in SENDS:
            windows.append((self._chats.setdefault(chat_id, deque()), float(PER_CHAT_BURST), PER_CHAT_BURST))
        if chat_id is not None and chat_id < 0:
            windows.append((self._groups.setdefault(chat_id, deque()), 60.0, PER_GROUP))
        wait = max(_wait(times, now, span, most) for times, span, most in windows)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for times, _, _ in windows:
            times.append(now)


def _wait(times: deque[float], now: float, span: float, most: int) -> float:
    while times and times[0] <= now - span:
        times.popleft()
    return times[0] + span - now if len(times) >= most else 0.0
