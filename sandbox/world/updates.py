"""The updates that wait for the bot, kept as Telegram keeps them."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
    "chat_boost",
    "removed_chat_boost",
)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})  # Bot API docs, getUpdates
MESSAGE_LIFE = 86400.0  # seconds; server `add_update` calls
MAX_EVENTS = 100_000  # TDLib TQueue: how many events a queue may hold
PRESS_LIFE = 150.0  # seconds; server `add_new_callback_query`


@dataclass
class Pending:
    """One update; `queue` orders a webhook's deliveries, `expires` is on the sandbox clock."""

    update_id: int
    kind: str
    content: dict[str, Any]
    expires: float
    queue: str
    about: str
    handed_out: bool = False

    def body(self) -> dict[str, Any]:
        """The Bot API `Update`."""
        return {"update_id": self.update_id, self.kind: self.content}


class UpdateQueue:
    """Updates in order, until they are confirmed or too old.

    Args:
        now: the sandbox clock.
        rng: for the first number, and for numbers that start anew.
    """

    def __init__(self, now: Callable[[], float], rng: Random) -> None:
        self._now = now
        self._rng = rng
        self.next_id = rng.randrange(100_000_000, 900_000_000)
        self.pending: deque[Pending] = deque()
        self._anew = False
        self.allowed: frozenset[str] = self.default_allowed()
        self.listeners: list[Callable[[], None]] = []
        self.distort: Callable[[list[Pending]], list[Pending]] | None = None

    @staticmethod
    def default_allowed() -> frozenset[str]:
        """Everything but what must be asked for."""
        return frozenset(KINDS) - NOT_BY_DEFAULT

    def allow(self, names: list[str] | None) -> None:
        """Remember which kinds the bot wants; None changes nothing, [] or only unknown names mean the default."""
        if names is None:
            return
        wanted = frozenset(name.lower() for name in names) & frozenset(KINDS)
        self.allowed = wanted or self.default_allowed()

    def add(self, kind: str, content: dict[str, Any], *, queue: str, about: str, life: float = MESSAGE_LIFE) -> None:
        """Put an update at the end, unless the bot does not want its kind; `life` in seconds on the sandbox clock."""
        if kind not in self.allowed:
            return
        self.expire()
        self._count_anew()
        self.pending.append(Pending(self.next_id, kind, content, self._now() + life, queue, about))
        self.next_id += 1
        if self.distort is not None:
            self.pending = deque(self.distort(list(self.pending)))
        for listener in self.listeners:
            listener()

    def expire(self) -> None:
        """Drop what is too old."""
        now = self._now()
        if any(update.expires <= now for update in self.pending):
            self.pending = deque(update for update in self.pending if update.expires > now)

    def confirm(self, offset: int) -> None:
        """Drop every update below the offset; a negative one keeps only the newest so many (server `do_get_updates`).

        An offset far from the numbers in use confirms nothing, so that numbers may start anew (TDLib `TQueue::get`).
        """
        self.expire()
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        elif self.next_id - MAX_EVENTS <= offset <= self.next_id + 10 and any(
            u.update_id < offset for u in self.pending
        ):
            self.pending = deque(update for update in self.pending if update.update_id >= offset)

    def take(self, limit: int) -> list[Pending]:
        """The oldest updates, at most `limit`; they stay until confirmed."""
        self.expire()
        taken = [update for _, update in zip(range(limit), self.pending, strict=False)]
        for update in taken:
            update.handed_out = True
        return taken

    def remove(self, update: Pending) -> None:
        """A webhook has confirmed this one."""
        if update in self.pending:
            self.pending.remove(update)

    def clear(self) -> None:
        """Forget all of them."""
        self.pending.clear()

    def renumber(self) -> None:
        """Start counting anew from a random number as soon as nothing waits for the bot.

        Telegram does so after a week without updates (Bot API docs), so never between two that wait.
        """
        self._anew = True
        self._count_anew()

    def _count_anew(self) -> None:
        if self._anew and not self.pending:
            self._anew = False
            self.next_id = self._rng.randrange(100_000_000, 900_000_000)
