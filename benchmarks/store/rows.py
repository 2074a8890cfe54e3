"""Shift records of about 300 bytes, and the work of claiming one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from storage.engine import Index, Table

COMMUNITIES = 50
TABLE = Table(
    "shifts",
    "id",
    (Index("by_start", ("community",), "starts_at"), Index("by_state", ("community", "state"))),
)


def shift_id(number: int) -> str:
    return f"shift-{number:012d}"


def record(number: int) -> dict:
    """The shift of that number (from 0)."""
    day, hour = divmod(number // COMMUNITIES, 6)
    return {
        "id": shift_id(number),
        "community": f"community-{number % COMMUNITIES:03d}",
        "checkpoint": "north-gate",
        "role": "gate",
        "starts_at": f"20{26 + day // 336:02d}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}T{4 * hour:02d}:00:00Z",
        "hours": 4,
        "needed": 2,
        "capacity": 1_000_000,
        "state": "open",
        "assigned": 0,
        "last": "person-000000000000",
        "note": "带上背心和体温计, bring the thermometer",
        "version": 1,
    }


def claimed(shift: dict, person: int) -> dict:
    """Check that there is room and give it out; what a service does."""
    if shift["assigned"] >= shift["capacity"] or shift["state"] != "open":
        raise ValueError(shift["id"])
    shift["assigned"] += 1
    shift["version"] += 1
    shift["last"] = f"person-{person:012d}"
    return shift


def packed(number: int) -> bytes:
    return msgspec.json.encode(record(number))


def write_store(path: Path, size: int) -> None:
    """Write a TinyDB file with that many shifts, quickly; a store takes it over when it is opened."""
    with path.open("wb") as file:
        file.write(b'{"shifts":{')
        for start in range(0, size, 1000):
            lines = (b'"%d":%b' % (number + 1, packed(number)) for number in range(start, min(start + 1000, size)))
            file.write((b",\n" if start else b"\n") + b",\n".join(lines))
        file.write(b"\n}}\n")


def picks(size: int, seed: int) -> Iterator[int]:
    """Numbers of shifts to claim, in a random order."""
    chance = random.Random(seed)
    while True:
        yield chance.randrange(size)
