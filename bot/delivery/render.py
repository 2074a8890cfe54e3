"""Notices and cards put into words at the moment they are sent."""

from __future__ import annotations

from datetime import datetime

from bot.domain.cards import Card
from bot.domain.notices import Notice
from bot.domain.outcomes import Told
from bot.i18n import Translators
from bot.ports.clock import Clock
from bot.ports.ids import Ids
from bot.ports.message import Message
from bot.ports.store import Transaction
from bot.services.cards import day_card
from bot.services.desk import Work
from bot.services.notices import look_up
from bot.views.cards import card as card_view
from bot.views.notices import notice as notice_view


class Renderer:
    """Looks up what a row is about and finds the words for it, in the reader's language."""

    def __init__(self, translators: Translators, clock: Clock, ids: Ids) -> None:
        self._translators = translators
        self._clock = clock
        self._ids = ids

    async def notice(self, notice: Notice, tx: Transaction) -> tuple[int, Message] | None:
        """Return the account to write to and the message, or None when there is nothing left to say."""
        told: Told | None = await look_up(self._work(tx), notice)
        if told is None or told.reader.account is None:
            return None
        return told.reader.account, notice_view(self._translators.speaking(told.language), told)

    async def card(self, card: Card, tx: Transaction) -> Message:
        """Return what the card shows now, in the community's language."""
        shown = await day_card(self._work(tx), card)
        return card_view(self._translators.speaking(shown.language), shown)

    def _work(self, tx: Transaction) -> Work:
        now: datetime = self._clock.now()
        return Work(tx, now, self._ids)
