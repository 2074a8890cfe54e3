"""What must be so after a bot was killed again and again under a load whose every press has an effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulation.killing import Killing
from tests.simulation.phrases import REPEATED, told


def judged(killing: Killing, tables: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Say what is not as it must be."""
    accounts = {row["id"]: row["account"] for row in tables["people"]}
    asked = killing.load.asked
    effects: Counter[tuple[str, int, str]] = Counter()
    for row in tables["log"]:
        if "shift_id" in row["facts"] and "person_id" in row["facts"]:
            effects[row["kind"], accounts[row["facts"]["person_id"]], row["facts"]["shift_id"]] += 1
    for kind, pairs in (("ShiftClaimed", asked.claimed), ("PersonAssigned", asked.assigned)):
        for account, shift in pairs:
            if effects[kind, account, shift] != 1:
                yield f"{kind} of {account} on {shift} has {effects[kind, account, shift]} effects"
    surplus = sum(n for (kind, _, _), n in effects.items() if kind in {"ShiftClaimed", "PersonAssigned"})
    if surplus != len(asked.claimed) + len(asked.assigned):
        yield f"{surplus} effects for {len(asked.claimed) + len(asked.assigned)} presses"
    for shift in asked.cancelled:
        off = sum(row["kind"] == "ShiftCalledOff" and row["facts"]["shift_id"] == shift for row in tables["log"])
        if off != 1:
            yield f"shift {shift} was called off {off} times"
    yield from _notices(killing, tables, accounts)
    if tables.get("poison"):
        yield f"put aside: {tables['poison'][0]['error'][-400:]}"


def _notices(killing: Killing, tables: dict[str, list[dict[str, Any]]], accounts: dict[str, int]) -> Iterator[str]:
    """Each notice was sent once, or is uncertain and says so; urgent ones twice at most, and never silently not at all.

    A bot that is killed between its mark and its call, and then once more in the repeat, cannot know that nothing was
    sent; then a coordinator must have been told.
    """
    begins = {row["id"]: datetime.fromisoformat(row["start"]) for row in tables["shifts"]}
    received: Counter[tuple[int, str, str]] = Counter()
    for version in killing.sandbox.world.versions:
        if version["from_bot"] and version["action"] == "sent" and version["chat_id"] > 0:
            repeat = REPEATED if version["text"].startswith(REPEATED) else ""
            received.update((version["chat_id"], repeat + kind, when) for kind, _, when in told(version["text"]))
    expected = [("assigned", account, shift) for account, shift in killing.load.asked.assigned]
    off = set(killing.load.asked.cancelled)
    expected += [("cancelled", account, shift) for account, shift in killing.load.asked.claimed if shift in off]
    rows = Counter((row["kind"], accounts[row["person_id"]], row["facts"].get("shift_id")) for row in tables["notices"])
    states = {(row["kind"], accounts[row["person_id"]], row["facts"].get("shift_id")): row for row in tables["notices"]}
    alarmed = {
        (accounts[row["facts"]["actor"]], row["facts"]["shift_id"])
        for row in tables["notices"]
        if row["kind"] == "unsure"
    }
    for what in expected:
        kind, account, shift = what
        if rows[what] != 1:
            yield f"{what} has {rows[what]} notices"
            continue
        begin = begins[shift].astimezone(ZoneInfo("Europe/Berlin"))
        when = f"{begin:%a, %b} {begin.day} {begin:%H:%M}"
        once, again = received[account, kind, when], received[account, REPEATED + kind, when]
        state = states[what]["state"]
        if state not in {"sent", "uncertain", "expired"}:
            yield f"{what} ended as {state} ({states[what]['reason']})"
        if once > 1 or again > (kind == "cancelled"):
            yield f"{what} was received {once} + {again} times"
        if state == "sent" and once + again == 0:
            yield f"{what} counts as sent and was not received"
        if kind == "cancelled" and once + again == 0 and (account, shift) not in alarmed:
            yield f"{what} is urgent, was never received ({state}), and nobody who could act was told"
