"""The whole control API as one object, and the same over HTTP."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from sandbox.control.buttons import ButtonVerbs
from sandbox.control.people import person_row
from sandbox.control.refs import Ref
from sandbox.control.settle import Settling
from sandbox.control.view import bot_row, view_of
from sandbox.errors import ControlError
from sandbox.faults import UpdateFaults, Weather
from sandbox.pace import Pace
from sandbox.world.world import World

VERBS = frozenset(
    {
        "people",
        "chats",
        "privacy",
        "block",
        "unblock",
        "delete_account",
        "migrate",
        "delete_chat",
        "invite",
        "say",
        "start",
        "edit",
        "delete",
        "react",
        "vote",
        "pin",
        "unpin",
        "press",
        "press_reply",
        "open",
        "join",
        "leave",
        "add",
        "remove",
        "promote",
        "demote",
        "restrict",
        "ask_to_join",
        "title",
        "topic",
        "clock",
        "faults",
    },
)


class Control(ButtonVerbs):
    """Play the people and the weather. Every public method is a verb of `docs/reference/sandbox-control.md`."""

    def __init__(self, world: World, weather: Weather, pace: Pace, settling: Settling) -> None:
        super().__init__(world)
        self._weather = weather
        self._pace = pace
        self._settling = settling

    def everybody(self) -> dict[str, Any]:
        """All people, and the bot."""
        from_world = [self.person_told(person_id) for person_id in self.world.people]
        return {"people": from_world, "bot": bot_row(self.world)}

    def person_told(self, person_id: int) -> dict[str, Any]:
        """One person as the control API tells it."""
        return person_row(self.world.people[person_id])

    def view(self, person: Ref, chat: Ref | None = None, limit: int = 100) -> dict[str, Any]:
        """The world as the person sees it."""
        seer = self.find_person(person)
        return view_of(self.world, seer, only=self.find_chat(chat, seer) if chat is not None else None, limit=limit)

    def received(self, chat: Ref | None = None, since: int = 0) -> dict[str, Any]:
        """Every version of every message that reached a chat (or all chats), after `seq` `since`."""
        wanted = self.find_chat(chat).id if chat is not None else None
        rows = self.world.versions[since:]
        return {"versions": [row for row in rows if wanted in (None, row["chat_id"])]}

    def clock(self, add: float | None = None, at: float | str | None = None) -> dict[str, Any]:
        """Move the clock by seconds or to an instant (Unix seconds, or ISO 8601 with an offset), or only read it."""
        clock = self.world.clock
        if isinstance(at, str):
            moment = dt.datetime.fromisoformat(at)
            if moment.tzinfo is None:
                raise ControlError("the moment needs its offset from UTC, such as 2026-12-01T08:00:00+08:00")
            at = moment.timestamp()
        if at is not None:
            clock.set(float(at))
        elif add is not None:
            clock.move(float(add))
        if at is not None or add is not None:
            self.world.changed("clock", now=clock.now())
        return {"now": clock.now(), "iso": clock.iso(), "offset": clock.offset, "zone": clock.zone}

    def faults(
        self,
        rules: list[dict[str, Any]] | None = None,
        seed: int | None = None,
        preset: str | None = None,
        pace: bool | None = None,
        update_faults: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Change the weather; what is left out stays."""
        if seed is not None:
            self._weather.set_seed(seed)
        if preset is not None:
            self._weather.set_preset(preset)
            self.world.changed("weather", preset=preset)
        if rules is not None:
            rows = [
                row | {"chat": self.find_chat(row["chat"]).id} if row.get("chat") is not None else row for row in rules
            ]
            self._weather.set_rules(rows)
        if pace is not None:
            self._pace.enforced = pace
        if update_faults is not None:
            wanted = dict(update_faults)
            if wanted.pop("renumber", False):
                self.world.updates.renumber()
            self._weather.updates = UpdateFaults(**wanted)
        return self._weather_told()

    def _weather_told(self) -> dict[str, Any]:
        weather = self._weather
        return {
            "preset": weather.preset,
            "seed": weather.seed,
            "pace": self._pace.enforced,
            "rules": [rule.told() for rule in weather.rules],
            "hits": [rule.hits for rule in weather.rules],
            "update_faults": asdict(weather.updates) | {"renumber": False},
        }

    async def settle(self, seconds: float = 5.0) -> dict[str, Any]:
        """Wait until the bot has confirmed every update and is quiet, or for so many real seconds."""
        return await self._settling.settle(seconds)
