"""The checker's own model of the town, kept by reading what reached the disk, transaction by transaction.

It shares no code with the bot: rows are read as JSON, times as text, and the rules are written down once more, plainly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.simulation.history import Commit

Row = dict[str, Any]
URGENT = 1
UPDATE = re.compile(r"\d+:")  # how causes begin that are updates
TELLING = {
    "PersonAssigned": "assigned",
    "PersonRemoved": "removed",
    "PlaceOffered": "offered",
    "OfferExpired": "offer_expired",
    "AssignmentCancelled": "cancelled",
}


@dataclass
class Ledger:
    """All rows as they stand, and the assignments by shift and by person."""

    tables: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    on: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # shift: who is on it
    held: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # person: their assignments that count
    owed: dict[str, Row] = field(default_factory=dict)  # every notice there ever was, as it last stood
    acted: dict[str, float] = field(default_factory=dict)  # cause: when it changed somebody's place
    marked: dict[str, float] = field(default_factory=dict)  # cause: when its mark was kept
    cancelled: dict[str, float] = field(default_factory=dict)  # shift: when it was called off

    def follow(self, commit: Commit) -> Iterator[str]:
        """Take a transaction in; say what it breaks."""
        moved: list[tuple[Row | None, Row]] = []
        rang: list[str] = []
        logged: list[Row] = []
        added: list[Row] = []
        for table, key, row in commit.rows:
            before = self.tables[table].get(key)
            if row is None:
                self.tables[table].pop(key, None)
                continue
            self.tables[table][key] = row
            if table == "assignments" and (before is None or before["hold"] != row["hold"]):
                moved.append((before, row))
            elif table == "timers" and before is not None and before["state"] == "pending" != row["state"]:
                rang.append(f"{key} due {row['due']}")  # the same timer may be set again, for another time
            elif table == "log":
                logged.append(row)
            elif table == "notices":
                self.owed[key] = row
                added += [row] if before is None else []
            elif table == "marks" and before is None:
                self.marked[key] = commit.at
        self._move(moved)
        for row in logged:
            if row["kind"] == "ShiftCalledOff":
                self.cancelled[row["facts"]["shift_id"]] = commit.at
        yield from self._full_or_twice(moved)
        yield from self._caused(commit, moved, rang)
        yield from self._whole(commit, moved, logged, added)

    def _move(self, moved: list[tuple[Row | None, Row]]) -> None:
        for _, row in moved:
            counts = row["hold"] == "on"
            (self.on[row["shift_id"]].add if counts else self.on[row["shift_id"]].discard)(row["person_id"])
            (self.held[row["person_id"]].add if counts else self.held[row["person_id"]].discard)(row["id"])

    def _full_or_twice(self, moved: list[tuple[Row | None, Row]]) -> Iterator[str]:
        for _, row in moved:
            if row["hold"] != "on":
                continue
            shift = self.tables["shifts"][row["shift_id"]]
            if len(self.on[shift["id"]]) > shift["capacity"]:
                yield f"I1: {len(self.on[shift['id']])} people on shift {shift['id']}, which has {shift['capacity']} places"
            for other in self.held[row["person_id"]] - {row["id"]}:
                clash = self.tables["assignments"][other]
                if clash["start"] < row["end"] and row["start"] < clash["end"]:
                    yield f"I2: {row['person_id']} is on {row['shift_id']} and {clash['shift_id']}, which overlap"

    def _caused(self, commit: Commit, moved: list[tuple[Row | None, Row]], rang: list[str]) -> Iterator[str]:
        """A change of places has a cause that is kept with it, an update or a timer, and no cause has two effects."""
        if not moved:
            return
        who = [row["person_id"] for _, row in moved]
        causes = [commit.cause] if commit.cause else rang
        if commit.cause and not UPDATE.match(commit.cause):
            return  # somebody is found unreachable, perhaps not for the first time
        if not causes:
            yield f"I5: places of {who} changed without a cause"
        for cause in causes:
            if cause in self.acted:
                yield f"I5: {cause} changed places twice"
            elif commit.cause and cause not in self.marked:
                yield f"I4: {cause} changed places and left no mark"
            self.acted[cause] = commit.at

    def _whole(
        self, commit: Commit, moved: list[tuple[Row | None, Row]], logged: list[Row], added: list[Row]
    ) -> Iterator[str]:
        """A change of places comes with its entries in the history and the notices that they owe."""
        noted = {value for row in logged for value in row["facts"].values() if isinstance(value, str)}
        if silent := {row["person_id"] for _, row in moved} - noted:
            yield f"I4: {commit.cause} moved {sorted(silent)} and noted nothing of it"
        for entry in logged:
            kind, person = TELLING.get(entry["kind"]), entry["facts"].get("person_id")
            owed = kind is not None and person != entry["actor"]
            if owed and not any(row["kind"] == kind and row["person_id"] == person for row in added):
                yield f"I4: {commit.cause} owes {person} word that they were {kind}, and no notice was made"

    def account(self, person_id: str) -> int | None:
        """Return a person's account at the messenger, None for guests."""
        row = self.tables["people"].get(person_id)
        return None if row is None else row.get("account")

    def place(self, shift_id: str) -> str:
        """Return the name of a shift's checkpoint."""
        shift = self.tables["shifts"].get(shift_id)
        return "" if shift is None else str(self.tables["checkpoints"][shift["checkpoint_id"]]["name"])


def instant(text: str) -> datetime:
    """Read a stored time."""
    return datetime.fromisoformat(text)
