"""Updates put aside: those a fault of ours kept from being handled."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.records import Poison
from bot.services.desk import Desk


class Aside:
    """Keeps what could not be handled, with its error, so that it can be looked at and handled again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def keep(self, update: str, error: str, attempts: int, number: str, *, once: str = "") -> bool:
        """Keep an update's text as it came; `number` is what the person was told.

        `once`, if given, is the same for the same update: it is kept the first time, and False returned afterwards.
        """
        async with self._desk.work(once) as work:
            if await work.tx.earlier(str) is not None:
                return False
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
            work.done(number)
        return True

    async def all(self) -> list[Poison]:
        """Return everything put aside, oldest first."""
        async with self._desk.reading() as view:
            return await view.tx.poisons.all()

    async def marked(self) -> list[Poison]:
        """Return what is to be tried again, oldest first."""
        return [row for row in await self.all() if row.replay]

    async def mark(self, id_: str) -> None:
        """Have one of them tried again at the next start. Raises NotFound."""
        async with self._desk.work() as work:
            row = await work.tx.poisons.one(id_)
            await work.tx.poisons.save(replace(row, replay=True))

    async def failed_again(self, id_: str, error: str, attempts: int) -> None:
        """Note that one of them was tried again in vain, and is not to be tried anew unless it is asked for."""
        async with self._desk.work() as work:
            row = await work.tx.poisons.one(id_)
            await work.tx.poisons.save(replace(row, error=error, attempts=row.attempts + attempts, replay=False))

    async def drop(self, id_: str) -> None:
        """Forget one of them."""
        async with self._desk.work() as work:
            await work.tx.poisons.remove(id_)
