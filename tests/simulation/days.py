"""What happens on the days of a simulated week: people live, and troubles come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from sandbox.errors import ApiError, ControlError
from sandbox.presets import PRESETS
from sandbox.server import Sandbox
from sandbox.wire import RawRequest
from tests.simulation.service import Bot
from tests.simulation.town import TITLE, Size, Town
from tests.simulation.virtual import DAY, WallClock


@dataclass
class Week:
    """The parts of a simulated week under way."""

    sandbox: Sandbox
    town: Town
    bot: Bot
    wall: WallClock
    rng: Random
    size: Size
    _befell: bool = False

    async def play(self) -> None:
        """Set up in fair weather, live through the days in bad, and end in calm."""
        self.bot.start()
        await asyncio.sleep(5)
        self.town.settle_in()
        await self.town.set_up()
        self._bad_weather()
        living = [asyncio.create_task(self._days()), asyncio.create_task(self._troubles())]
        await asyncio.gather(*living)
        self.sandbox.control.faults(preset="fair", away=0)
        await self._mend()
        await asyncio.sleep(self.size.calm / 2)
        for _ in range(20):
            self.town.act()
            await asyncio.sleep(20)
        await asyncio.sleep(self.size.calm / 2)

    async def _days(self) -> None:
        left = self.size.days * DAY
        while left > 0:
            begun = self.sandbox.world.steady()
            if left < self.size.days * DAY:
                await self.town.make_shifts("tomorrow")
            spent = self.sandbox.world.steady() - begun
            await self.town.live(min(left, DAY) - spent)
            left -= DAY

    def _bad_weather(self) -> None:
        rules = [dict(row) for row in PRESETS["bad"]]
        for row in rules:
            row["probability"] /= 2
        rules += [
            {"kind": "429", "retry_after": 3600, "probability": 0.0001, "times": 1, "method": "sendMessage"},
            {"kind": "429", "retry_after": 20, "burst": 60, "probability": 0.0005},
            {"kind": "message-gone", "method": "editMessageText", "probability": 0.002},
            {"kind": "renumber", "nth": self.rng.randrange(200, 900)},
            {"kind": "slow", "seconds": 20, "probability": 0.002},
            {"kind": "blocked", "method": "sendMessage", "probability": 0.002},
        ]
        self.sandbox.control.faults(rules=rules, seed=self.rng.randrange(10**9), pace=True)

    async def _troubles(self) -> None:
        """Restarts, clock jumps, outages, and what may befall a group."""
        total = self.size.days * DAY * 0.97
        kinds: list[tuple[Callable[[], object], float]] = [
            (self._restart, self.size.restarts_per_day * self.size.days),
            (self._jump, self.size.days),
            (self._outage, self.size.days / 3),
            (self._befall_the_group, self.size.days / 3),
            (self._intrude, self.size.days),
        ]
        planned = [(self.rng.random() * total, act) for act, count in kinds for _ in range(round(count))]
        begin = self.sandbox.world.steady()
        for moment, act in sorted(planned, key=lambda pair: pair[0]):
            await asyncio.sleep(max(0.0, begin + moment - self.sandbox.world.steady()))
            doing = act()
            if asyncio.iscoroutine(doing):
                await doing

    async def _restart(self) -> None:
        if self.rng.random() < 0.7:
            await self._while_something_is_under_way()
            await self.bot.kill()
        else:
            await self.bot.stop()
        await asyncio.sleep(self.rng.choice((0.5, 5, 60, 400)))
        self.bot.start()

    async def _while_something_is_under_way(self) -> None:
        """Return at a chance moment while people are being told things, or just after one of them was."""
        last = await self.town.lead_somebody()
        for act in (last, self.town.act):
            with suppress(ControlError):
                act()
        if self.rng.random() < 0.5:
            await asyncio.sleep(self.rng.uniform(0.0, 0.4))
            return
        for _ in range(self.rng.choice((1, 2))):
            with suppress(TimeoutError):
                await asyncio.wait_for(self.bot.wire.served("sendMessage"), 0.5)

    def _jump(self) -> None:
        """The machine's clock is set; Telegram's and people's are not."""
        seconds = self.rng.choice((1, -1, 300, -300, 3600, -3600, -self.wall.stepped))
        self.wall.step(seconds)
        self.sandbox.clock.offset -= seconds

    def _outage(self) -> None:
        self.sandbox.control.faults(away=self.rng.choice((30, 600, 7200, 12 * 3600)))

    def _befall_the_group(self) -> None:
        chat, owner_ = self.town.chat, self.town.coordinators[0]
        self._befell = True
        if not self.town.forum and self.sandbox.world.chats[chat].type == "group" and self.rng.random() < 0.6:
            self.sandbox.control.befall("migrated", TITLE)
            return
        kind = self.rng.choice(
            ("kicked", "rights-lost", "topic-closed") if self.town.forum else ("kicked", "rights-lost")
        )
        topic = "Shifts" if kind == "topic-closed" else None
        self.sandbox.control.befall(kind, TITLE, topic=topic)
        self.sandbox.control.later("promote", {"person": owner_, "chat": TITLE, "member": "bot"}, after=1801)
        self.sandbox.control.later(
            "add", {"person": owner_, "chat": TITLE, "member": "bot", "as_admin": True}, after=1800
        )
        if topic:
            body = {"person": owner_, "chat": TITLE, "name": "Shifts", "do": "reopen"}
            self.sandbox.control.later("topic", body, after=1800)

    async def _mend(self) -> None:
        """Whatever befell the group is put right."""
        if self._befell:
            await asyncio.sleep(1900)
        self.sandbox.pass_time()
        self.wall.step(-self.wall.stepped)
        self.sandbox.clock.offset = 0.0

    async def _intrude(self) -> None:
        """Somebody else polls with the same token, for a second."""
        with suppress(ApiError):
            await self.sandbox.api.run("getUpdates", RawRequest({"timeout": 1}))
