"""A random life: transactions, snapshots, crashes and clean stops in any order, against a plain dictionary."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from storage.engine import Change, Index, Table
from storage.tinydb_engine import TinyDBEngine
from tests.storage_engine.faulty import Unsynced

TABLE = Table(
    "rows",
    "id",
    (
        Index("by_place", ("community",), "starts_at"),
        Index("by_state", ("community", "state")),
        Index("due", (), "due"),
    ),
)
keys = st.sampled_from([f"r{number}" for number in range(12)])
records = st.fixed_dictionaries(
    {
        "community": st.sampled_from(["c0", "c1"]),
        "state": st.sampled_from(["open", "full", None]),
        "starts_at": st.sampled_from(["2026-12-01", "2026-12-02", "2026-12-03"]),
        "due": st.none() | st.integers(0, 3),
        "note": st.text(max_size=5).filter(lambda text: text.isprintable()),
    }
)
transactions = st.lists(st.tuples(keys, records | st.none()), min_size=1, max_size=4)


class StoreLife(RuleBasedStateMachine):
    """The engine under test beside `model`: every record by key."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.directory = Path(tempfile.mkdtemp())
        self.lives = 0
        self.model: dict[str, dict[str, Any]] = {}
        self.path = self.directory / "0" / "store.json"
        self.path.parent.mkdir()
        self.open()

    def open(self) -> None:
        self.engine = self.loop.run_until_complete(TinyDBEngine.open(self.path, [TABLE], files=Unsynced(), reserve=64))

    @rule(several=st.lists(transactions, min_size=1, max_size=3))
    def commit(self, several):
        async def together() -> None:
            waiting = []
            for number, one in enumerate(several):
                changes = [Change("rows", key, self.encoded(key, record)) for key, record in one]
                self.engine.apply(changes)
                waiting.append(self.engine.commit(changes, f"cause {number}"))
            await asyncio.gather(*waiting)

        for one in several:
            for key, record in one:
                if record is None:
                    self.model.pop(key, None)
                else:
                    self.model[key] = {"id": key, **record}
        self.loop.run_until_complete(together())
        self.check()

    @staticmethod
    def encoded(key, record):
        return None if record is None else msgspec.json.encode({"id": key, **record})

    @rule(one=transactions)
    def snapshot_while_it_works(self, one):
        async def both() -> None:
            snapshot = asyncio.ensure_future(self.engine.snapshot())
            await asyncio.sleep(0)
            for key, record in one:
                change = [Change("rows", key, self.encoded(key, record))]
                self.engine.apply(change)
                await self.engine.commit(change, "during a snapshot")
            await snapshot

        for key, record in one:
            if record is None:
                self.model.pop(key, None)
            else:
                self.model[key] = {"id": key, **record}
        self.loop.run_until_complete(both())
        self.check()

    @rule()
    def stop_and_start(self):
        self.loop.run_until_complete(self.engine.close())
        self.open()
        self.check()

    @rule()
    def crash_and_start(self):
        self.lives += 1
        after = self.directory / str(self.lives) / "store.json"
        shutil.copytree(self.path.parent, after.parent)
        self.loop.run_until_complete(self.engine.close())
        shutil.rmtree(self.path.parent)
        self.path = after
        self.open()
        self.check()

    def check(self) -> None:
        rows = self.model.values()
        assert [json.loads(record) for record in self.engine.all("rows")] == [
            self.model[key] for key in sorted(self.model)
        ]
        for community in ("c0", "c1"):
            expected = sorted(
                (row for row in rows if row["community"] == community and row["starts_at"] >= "2026-12-02"),
                key=lambda row: row["starts_at"],  # ties as they came: a dictionary keeps that order
            )
            found = self.engine.find("rows", "by_place", (community,), low="2026-12-02")
            assert [json.loads(record) for record in found] == expected
            backwards = self.engine.find("rows", "by_place", (community,), low="2026-12-02", descending=True, limit=2)
            assert [json.loads(record) for record in backwards] == expected[::-1][:2]
            for state in ("open", "full", None):
                mine = [
                    key
                    for key in self.model
                    if (self.model[key]["community"], self.model[key]["state"]) == (community, state)
                ]
                assert [
                    json.loads(one)["id"] for one in self.engine.find("rows", "by_state", (community, state))
                ] == mine
                assert self.engine.count("rows", "by_state", (community, state)) == len(mine)
        due = sorted((r for r in rows if r["due"] is not None and r["due"] < 2), key=lambda row: row["due"])
        assert [json.loads(one) for one in self.engine.find("rows", "due", (), high=2)] == due

    def teardown(self) -> None:
        self.loop.run_until_complete(self.engine.close())
        self.loop.close()
        shutil.rmtree(self.directory)


def test_a_store_agrees_with_a_dictionary_through_any_life():
    run_state_machine_as_test(
        StoreLife,
        settings=settings(
            max_examples=6, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.soak
def test_a_store_agrees_with_a_dictionary_through_many_long_lives():
    run_state_machine_as_test(
        StoreLife,
        settings=settings(
            max_examples=1000, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
