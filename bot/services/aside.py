"""Updates put aside: those a fault of ours kept from being handled."""

from __future__ import annotations

from bot.domain.records import Poison
from bot.services.desk import Desk


class Aside:
    """Keeps what could not be handled, with its error, so that it can be looked at and handled again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def keep(self, update: str, error: str, attempts: int, number: str) -> None:
        """Keep an update's text as it came; `number` is what the person was told."""
        async with self._desk.work() as work:
            await work.tx.poisons.add(
                Poison(
                    id=work.ids.fresh(),
                    at=work.now,
                    update=update,
                    error=error,
                    attempts=attempts,
                    number=number,
                )
            )

    async def all(self) -> list[Poison]:
        """Return everything put aside, oldest first."""
        async with self._desk.reading() as view:
            return await view.tx.poisons.all()

    async def drop(self, id_: str) -> None:
        """Forget one of them."""
        async with self._desk.work() as work:
            await work.tx.poisons.remove(id_)
