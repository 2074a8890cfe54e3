"""Who administers a group: asked of the chat program when it matters, remembered for a minute."""

from __future__ import annotations

from bot.ports.clock import Clock
from bot.ports.messenger import Messenger

REMEMBERED_FOR = 60.0  # seconds


class Admins:
    """Answers from a short memory. Forgets a group at once when its membership changes."""

    def __init__(self, messenger: Messenger, clock: Clock) -> None:
        self._messenger = messenger
        self._clock = clock
        self._known: dict[int, tuple[float, frozenset[int]]] = {}

    async def is_admin(self, chat_id: int, account: int) -> bool:
        """Say whether the account administers the group. Raises MessengerError."""
        asked, admins = self._known.get(chat_id, (0.0, None))
        if admins is None or self._clock.monotonic() - asked > REMEMBERED_FOR:
            admins = await self._messenger.administrators(chat_id)
            self._known[chat_id] = (self._clock.monotonic(), admins)
        return account in admins

    async def is_member(self, chat_id: int, account: int) -> bool:
        """Say whether the account is in the group now. Raises MessengerError."""
        return await self._messenger.is_member(chat_id, account)

    def forget(self, chat_id: int) -> None:
        """Ask anew the next time."""
        self._known.pop(chat_id, None)
