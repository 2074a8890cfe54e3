"""One simulated week: the real bot, the sandbox, a slow disk, bad weather, clock jumps and restarts, from one seed."""

from __future__ import annotations

import asyncio
import logging
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch

from pydantic import SecretStr

from bot import i18n, logs
from bot.app import Start
from bot.clock import SystemClock
from bot.config import Settings
from sandbox.server import TOKEN, Sandbox
from sandbox.world.updates import Pending
from tests.simulation.days import Week
from tests.simulation.disk import Platter
from tests.simulation.history import Ear, History, Press
from tests.simulation.service import Bot
from tests.simulation.town import Size, Town
from tests.simulation.virtual import LeapingLoop, WallClock, virtual_time
from tests.simulation.wire import Wire

START = 1_796_108_400.0  # Tuesday 1 December 2026, 08:00 in Berlin
_READ = i18n.load


@dataclass
class Stage:
    """A town, a bot, a sandbox and the wire between them, in virtual time."""

    loop: LeapingLoop
    wall: WallClock
    sandbox: Sandbox
    town: Town
    bot: Bot
    history: History


def open_stage(stack: ExitStack, seed: int, size: Size, settings: Settings | None = None) -> Stage:
    """Put a stage together; the stack takes it apart."""
    history = History(seed=seed, token=TOKEN, start=START)
    random.seed(seed)
    loop, wall = stack.enter_context(virtual_time(START))
    stack.enter_context(patch.object(i18n, "load", _translators))
    stack.enter_context(patch.object(SystemClock, "monotonic", lambda _self: loop.time()))
    _listen(Ear(history), stack)
    sandbox = Sandbox(page=None, seed=seed, steady=loop.time)
    _note_confirmed(sandbox, history)
    wire = Wire(sandbox, Random(seed + 1))
    history.attempted = wire.attempted
    stack.enter_context(wire.connected())
    platter = Platter()
    platter.witness = lambda cause, changes: history.witness(loop.time(), cause, changes)
    town = Town(sandbox, Random(seed + 2), size, forum=seed % 2 == 0)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="muster-week-")))
    start = Start(
        settings=settings or Settings(), token=SecretStr(TOKEN), folder=folder, base_url="http://telegram.invalid"
    )
    return Stage(loop, wall, sandbox, town, Bot(loop, wire, platter, seed, history, start), history)


def run_week(seed: int, size: Size, *, spoil: Callable[[ExitStack], None] | None = None) -> History:
    """Play a week and return what happened. `spoil` may put bugs into the bot first, to be taken out by the stack."""
    with ExitStack() as stack:
        stage = open_stage(stack, seed, size)
        if spoil is not None:
            spoil(stack)
        week = Week(stage.sandbox, stage.town, stage.bot, stage.wall, Random(seed), size)
        stage.loop.run_until_complete(_whole(week, stage.history, stage.loop))
        return stage.history


@cache
def _translators() -> i18n.Translators:
    """Read the catalogues once, not at every start of the bot."""
    return _READ()


def _note_confirmed(sandbox: Sandbox, history: History) -> None:
    """Keep the presses whose updates the bot tells Telegram it is done with."""
    updates = sandbox.world.updates
    confirm, remove = updates.confirm, updates.remove

    def note(update: Pending) -> None:
        if update.kind == "callback_query":
            history.confirmed.add(update.content["id"])

    def confirmed(offset: int) -> None:
        updates.expire()
        before = list(updates.pending)
        confirm(offset)
        left = {id(update) for update in updates.pending}
        for update in before:
            if id(update) not in left:
                note(update)

    def removed(update: Pending) -> None:
        note(update)
        remove(update)

    updates.confirm, updates.remove = confirmed, removed  # type: ignore[method-assign]


def _listen(ear: Ear, stack: ExitStack) -> None:
    """Have the log written as the program does it, but to the ear, and everything of it."""
    root = logging.getLogger()
    before, handlers = root.level, list(root.handlers)
    with patch.object(sys, "stderr", ear):
        logs.set_up("DEBUG", "text")
    added = list(root.handlers)

    def undo() -> None:
        for handler in added:
            root.removeHandler(handler)
        for handler in handlers:
            root.addHandler(handler)
        root.setLevel(before)

    stack.callback(undo)


async def _whole(week: Week, history: History, loop: LeapingLoop) -> None:
    passing = asyncio.create_task(pass_time(week.sandbox))
    await week.play()
    history.ended = loop.time()
    history.calm_since = loop.time() - week.size.calm / 2 - 400
    world = week.sandbox.world
    history.presses = [
        Press(p.at - START, p.query_id, p.person_id, p.chat_id, p.data, p.state, p.text, p.after)
        for p in world.presses.values()
    ]
    history.versions = world.versions
    history.notices = [vars(n) for n in world.notices]
    history.pending = [f"{u.update_id}: {u.about}" for u in world.updates.pending]
    history.bugs = week.sandbox.bugs
    history.started = {p.id: p.started and not p.blocked and not p.deleted for p in world.people.values()}
    history.members = frozenset(week.town.people)
    history.strangers = frozenset(week.town.strangers)
    history.coordinators = frozenset(week.town.coordinators)
    history.counts = {"calls": week.sandbox.dispatcher.count, "commits": len(history.commits)}
    await week.bot.stop()
    passing.cancel()


async def pass_time(sandbox: Sandbox) -> None:
    """Let happen in the sandbox what falls due, until cancelled."""
    while True:
        await asyncio.sleep(20)
        sandbox.pass_time()
