"""What every repository can do: rows of one kind by their id."""

from __future__ import annotations

from typing import Protocol, TypeVar

E = TypeVar("E")


class Repository(Protocol[E]):
    """Rows of one kind by their id."""

    async def get(self, id_: str) -> E | None:
        """Return the row, or None."""

    async def one(self, id_: str) -> E:
        """Return the row. Raises bot.domain.errors.NotFound."""

    async def add(self, entity: E) -> None:
        """Put a new row in. Raises Conflict if the id is taken."""

    async def save(self, entity: E) -> None:
        """Put a row in place of the version it was made from. Raises Conflict."""

    async def remove(self, id_: str) -> None:
        """Take a row out; one that is not there is no error."""
