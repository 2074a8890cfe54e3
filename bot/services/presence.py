"""When the bot was last there, and what its cards say about an absence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.cards import AWAY_SHOWN, Card
from bot.domain.records import Pulse
from bot.ports.hints import Touched
from bot.services.desk import Desk, Work

_KEY = "pulse"


class Presence:
    """Use cases about being away. Instants are aware, in UTC."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def last(self) -> datetime | None:
        """Return when the bot last heard the chat program, or None if that was never written down."""
        async with self._desk.reading() as view:
            row = await view.tx.pulses.get(_KEY)
        return row.at if row else None

    async def beat(self, at: datetime) -> None:
        """Write down when the bot last heard the chat program."""
        async with self._desk.work() as work:
            row = await work.tx.pulses.get(_KEY)
            await work.tx.pulses.save(replace(row, at=at) if row else Pulse(id=_KEY, at=at))

    async def returned(self, since: datetime, until: datetime) -> None:
        """Have every live card that stood there meanwhile say since when the bot was away.

        It stays for `AWAY_SHOWN` whatever changes on the card in between: that somebody else's press worked tells
        nothing to the person whose press was lost.
        """
        async with self._desk.work() as work:
            for card in await work.tx.cards.live(work.now):
                if card.message_id is not None:
                    await _mark(work, replace(card, away_from=since, away_until=until))

    async def fade(self) -> None:
        """Take that off again where it was said long enough."""
        async with self._desk.work() as work:
            for card in await work.tx.cards.live(work.now):
                if card.away_until is not None and work.now >= card.away_until + AWAY_SHOWN:
                    await _mark(work, replace(card, away_from=None, away_until=None))


async def _mark(work: Work, card: Card) -> None:
    await work.tx.cards.save(card)
    work.days.add(Touched(card.checkpoint_id, card.day))
