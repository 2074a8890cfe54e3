"""Parsing and finding the handler among two hundred commands and two hundred buttons, beside parsing alone.

`python -m benchmarks.bot.routing ROUNDS` prints one JSON line: for a typed command and for a pressed button, the
microseconds of processor time that python-telegram-bot needs to parse it, and how much of that we need to parse it and
to bring it to its handler, everything recognising and answering a person takes included, but for store and network.
It is a program of its own because it puts made-up commands into the tables.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import make_dataclass
from types import SimpleNamespace
from typing import Any, cast

from telegram import Bot, Update

from benchmarks.bot.child import TOKEN
from benchmarks.bot.inbox import card
from bot import i18n
from bot.clock import SystemClock
from bot.delivery.outgoing import Outgoing
from bot.delivery.pacer import Pacer
from bot.domain.commands import Command
from bot.domain.ids import PersonId
from bot.services.people import Actor, Caller
from handlers.application import Edge
from handlers.routes import PRESSED, TYPED, Typed
from handlers.wire import callbacks

ENTRIES = 200
BATCH = 100
LI = {"id": 5001, "is_bot": False, "first_name": "Li", "language_code": "en"}
Times = dict[str, float]


class Known:
    """Recognises everybody without a store."""

    async def recognise(self, caller: Caller, **_where: object) -> Actor:
        return Actor(person_id=PersonId("p1"), account=caller.account or 0, name=caller.name, language="en")


async def arrived(*_arguments: object) -> None:
    """The handler of every made-up command."""


def fill_tables() -> tuple[str, str]:
    """Add commands until there are two hundred of each; return the last typed one and the last button's payload."""
    while len(TYPED) < ENTRIES:
        TYPED[f"command{len(TYPED)}"] = Typed(arrived, group=True)
    payload = ""
    while len(PRESSED) < ENTRIES:
        kind = make_dataclass(f"Made{len(PRESSED)}", [("key", str)], bases=(Command,), frozen=True, slots=True)
        PRESSED[kind] = arrived
        code = chr(0x4E00 + len(PRESSED))
        callbacks._KINDS[code], callbacks._FIELDS[kind] = kind, (("key", str, None),)  # noqa: SLF001
        payload = f"{callbacks.VERSION}{code}c00000-0x000249"
    return f"/command{len(TYPED) - 1}", payload


def typed(command: str) -> dict[str, Any]:
    chat = {"id": -1001000, "type": "supergroup", "title": "Riverside"}
    entity = {"type": "bot_command", "offset": 0, "length": len(command)}
    message = {"message_id": 8, "from": LI, "chat": chat, "date": 1796083200, "text": command, "entities": [entity]}
    return {"update_id": 1, "message": message}


def pressed(payload: str) -> dict[str, Any]:
    press = {"id": "1", "from": LI, "message": card(-1001000, payload), "chat_instance": "1", "data": payload}
    return {"update_id": 2, "callback_query": press}


async def cost(one: Callable[[], Awaitable[object]]) -> float:
    before = time.process_time()
    for _ in range(BATCH):
        await one()
    taken = (time.process_time() - before) / BATCH * 1e6
    await asyncio.sleep(0.001)  # what was queued goes its way
    return taken


async def measured(rounds: int) -> dict[str, Times]:
    bot = Bot(TOKEN)
    bot._bot_user = cast("Any", SimpleNamespace(id=123456, username="muster_bot"))  # noqa: SLF001
    use, clock = cast("Any", SimpleNamespace(people=Known())), SystemClock()
    edge = Edge(bot, cast("Any", Silent()), Outgoing(Pacer(clock), clock), use, i18n.load(), cast("Any", None), str)
    command, payload = fill_tables()
    found: dict[str, Times] = {}
    for name, raw in (("command", typed(command)), ("button", pressed(payload))):
        times = [await in_turn(edge, raw) for _ in range(rounds)]
        library, ours = statistics.median(t for t, _ in times), statistics.median(h / t for t, h in times)
        found[name] = {"library": library, "handled": ours}
    return found


async def in_turn(edge: Edge, raw: dict[str, Any]) -> tuple[float, float]:
    """Measure both ways, one after the other."""

    async def parse() -> None:
        Update.de_json(dict(raw), edge.bot)

    return await cost(parse), await cost(lambda: edge.handle(raw))


class Silent:
    """Answers presses nowhere."""

    async def answer(self, *_arguments: object, **_more: object) -> None:
        """Do nothing."""


def measure(rounds: int) -> dict[str, Times]:
    """Measure in a program of its own."""
    command = [sys.executable, "-m", "benchmarks.bot.routing", str(rounds)]
    result: dict[str, Times] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(int(sys.argv[1])))))
