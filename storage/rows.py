"""The base of every repository: rows of one entity type, by their id and through their indexes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from bot.domain.errors import NotFound
from bot.ports.store import Conflict
from storage.engine import Change, Engine, Scalar
from storage.records import TABLES, Codec

E = TypeVar("E")
R = TypeVar("R")


class Writing(Protocol):
    """Where repositories put their changes."""

    engine: Engine

    def write(self, change: Change) -> None:
        """Make one change in the present transaction."""


class Made(Generic[R]):
    """An attribute that is made from its owner when it is first read, and then stays."""

    def __init__(self, make: Callable[[Any], R]) -> None:
        self._make = make
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, kind: type | None = None) -> R:
        made = owner.__dict__[self._name] = self._make(owner)
        return made


def instant(value: datetime) -> str:
    """Return an instant as it stands in records: ISO 8601 in UTC, whole seconds, 'Z'."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


class Rows(Generic[E]):
    """Rows of one entity type by their id; the base of every repository."""

    entity: type[E]

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._engine = writing.engine
        self._table = TABLES[self.entity].name
        self._codec = _codec(self.entity)

    async def get(self, id_: str) -> E | None:
        """Return the row, or None."""
        record = self._engine.get(self._table, id_)
        return None if record is None else self._codec.decode(record)

    async def one(self, id_: str) -> E:
        """Return the row. Raises NotFound."""
        entity = await self.get(id_)
        if entity is None:
            raise NotFound(self._table)
        return entity

    async def add(self, entity: E) -> None:
        """Put a new row in. Raises Conflict if the id is taken."""
        key = _key(entity)
        if self._engine.get(self._table, key) is not None:
            raise Conflict(f"{self._table} {key} exists")
        self._writing.write(Change(self._table, key, self._codec.encode(entity)))

    async def save(self, entity: E) -> None:
        """Put a row in place of the version it was made from, or add it if it is new. Raises Conflict."""
        key, version = _key(entity), _version(entity)
        there = await self.get(key)
        if (0 if there is None else _version(there)) != version:
            raise Conflict(f"{self._table} {key} was changed meanwhile")
        newer = replace(entity, version=version + 1)  # type: ignore[type-var]
        self._writing.write(Change(self._table, key, self._codec.encode(newer)))

    async def remove(self, id_: str) -> None:
        """Take a row out."""
        if self._engine.get(self._table, id_) is not None:
            self._writing.write(Change(self._table, id_, None))

    def _find(
        self,
        index: str,
        *equal: Scalar,
        low: Scalar = None,
        high: Scalar = None,
        limit: int | None = None,
        descending: bool = False,
    ) -> list[E]:
        records = self._engine.find(self._table, index, equal, low=low, high=high, limit=limit, descending=descending)
        return [self._codec.decode(r) for r in records]


_CODECS: dict[type, Codec[Any]] = {entity: Codec(entity) for entity in TABLES}


def _codec(entity: type[E]) -> Codec[E]:
    return _CODECS[entity]


def _key(entity: object) -> str:
    return str(entity.id)  # type: ignore[attr-defined]


def _version(entity: object) -> int:
    return int(getattr(entity, "version", 0))
