"""`python -m bot poison`: updates that could not be handled: listed, shown, dropped, or marked to be handled again.

Looking at them disturbs nobody. Marking and dropping need the bot stopped, for a store has one writer; marking does
nothing by itself: the next start handles what is marked, before anything new.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Collection

from bot.clock import SystemClock
from bot.command_line.command import DONE, FAILED, Call, Command, Write
from bot.domain.records import Poison
from bot.ids import RandomIds
from bot.ports.hints import Touched
from bot.recurrence import Rules
from bot.services.aside import Aside
from bot.services.desk import Desk
from storage import open_store
from storage.damage import StoreRefusedError
from storage.glance import rows
from storage.lock import StoreLockedError


class _NobodyListens:
    """The hints of a store that is opened without a bot."""

    def touched(self, days: Collection[Touched]) -> None:
        """Nothing is shown."""

    def owed(self) -> None:
        """Nothing is sent."""

    def falls_due(self) -> None:
        """Nothing rings."""


def look_after_poison(call: Call) -> int:
    """Do what is wished of the updates put aside, by default list them; return 1 if it cannot be done."""
    wish = call.arguments
    name: str = wish.show or wish.replay or wish.drop
    try:
        found = sorted(rows(call.store, Poison), key=lambda row: (row.at, row.id))
        chosen = [row for row in found if name.upper() in (row.id.upper(), row.number)] if name else found
        if name and not chosen:
            call.warn(f"Nothing was put aside under {name}.")
            return FAILED
        if wish.replay or wish.all or wish.drop:
            asyncio.run(_change(call, chosen))
        else:
            (_show if name else _list)(chosen, call.write)
    except (StoreLockedError, StoreRefusedError, OSError) as error:
        call.warn(str(error))
        return FAILED
    return DONE


async def _change(call: Call, chosen: list[Poison]) -> None:
    store = await open_store(call.folder)
    try:
        aside = Aside(Desk(store, SystemClock(), RandomIds(), _NobodyListens(), Rules()))
        for row in chosen:
            if call.arguments.drop:
                await aside.drop(row.id)
                call.write(f"{row.id} is dropped.")
            else:
                await aside.mark(row.id)
                call.write(f"{row.id} is marked: the next start of the bot handles it, before anything new.")
    finally:
        await store.close()


def _list(found: list[Poison], write: Write) -> None:
    for row in found:
        last = row.error.strip().splitlines()[-1] if row.error.strip() else ""
        marked = "  to be replayed" if row.replay else ""
        write(f"{row.at:%Y-%m-%d %H:%M:%S}  {row.id}  error {row.number or '-'}  tries {row.attempts}{marked}  {last}")
    write(f"{len(found)} put aside.")


def _show(found: list[Poison], write: Write) -> None:
    for row in found:
        write(f"{row.id}, put aside {row.at:%Y-%m-%d %H:%M:%S} UTC, error {row.number or '-'}, tries {row.attempts}")
        write(json.dumps(json.loads(row.update), ensure_ascii=False, indent=2))
        write(row.error.rstrip())


def _arguments(parser: argparse.ArgumentParser) -> None:
    wish = parser.add_mutually_exclusive_group()
    wish.add_argument("show", nargs="?", default="", metavar="ID", help="show this one whole: its id or error number")
    wish.add_argument("--replay", default="", metavar="ID", help="have the next start handle this one again")
    wish.add_argument("--all", action="store_true", help="have the next start handle all of them again")
    wish.add_argument("--drop", default="", metavar="ID", help="forget this one")


POISON = Command(
    "poison",
    "list updates that could not be handled, show, replay or drop them",
    "One line for each update that was put aside, with the error number people were told; with an id or such a number, "
    "that one whole, what its person wrote included. The bot may run meanwhile. --replay, --all and --drop need it "
    "stopped: what is marked is handled by its next start before anything new, and changes nothing that it has changed "
    "before.",
    look_after_poison,
    _arguments,
)
