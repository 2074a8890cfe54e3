"""The whole control API as one object, and the same over HTTP."""

import datetime as dt
import inspect
from dataclasses import asdict
from typing import Any

from sandbox.control.buttons import ButtonVerbs
from sandbox.control.people import person_row
from sandbox.control.plans import Plans
from sandbox.control.refs import Ref
from sandbox.control.settle import Settling
from sandbox.control.view import bot_row, view_of
from sandbox.errors import ControlError
from sandbox.mishaps import befall
from sandbox.pace import Pace
from sandbox.weather import UpdateFaults, Weather
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
        "befall",
        "later",
    },
)


class Control(ButtonVerbs):
    """Play the people and the weather. Every public method is a verb of `docs/reference/sandbox-control.md`."""

    def __init__(self, world: World, weather: Weather, pace: Pace, settling: Settling) -> None:
        super().__init__(world)
        self._weather = weather
        self._pace = pace
        self._settling = settling
        self._plans = Plans(world.now, self.perform)
        world.clock.moved.append(self.pass_time)

    def perform(self, verb: str, body: dict[str, Any]) -> dict[str, Any]:
        """Do a verb by its name. Raises `ControlError`."""
        if verb not in VERBS:
            raise ControlError(f"there is no verb {verb!r}", 404)
        method = getattr(self, verb)
        try:
            inspect.signature(method).bind(**body)
        except TypeError as mistake:
            raise ControlError(f"{verb}: {mistake}") from None
        result: dict[str, Any] = method(**body)
        return result

    def pass_time(self) -> None:
        """Do what was planned for a time that has come."""
        self._plans.pass_time()

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

    def received(self, chat: Ref | None = None, since: int = 0, person: Ref | None = None) -> dict[str, Any]:
        """Every version of every message that reached a chat, or a person (with toasts and alerts), or anybody."""
        rows = self.world.versions[since:]
        if chat is not None:
            wanted = self.find_chat(chat).id
            rows = [row for row in rows if row["chat_id"] == wanted]
        if person is None:
            return {"versions": rows}
        reader = self.find_person(person).id
        shown = [vars(notice) for notice in self.world.notices if notice.person_id == reader]
        return {"versions": [row for row in rows if reader in row["to"]], "notices": shown}

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
        *,
        rules: list[dict[str, Any]] | None = None,
        seed: int | None = None,
        preset: str | None = None,
        pace: bool | None = None,
        update_faults: dict[str, Any] | None = None,
        add: list[dict[str, Any]] | None = None,
        away: float | None = None,
    ) -> dict[str, Any]:
        """Change the weather; what is left out stays."""
        if seed is not None:
            self._weather.set_seed(seed)
        if preset is not None:
            self._weather.set_preset(preset)
        if rules is not None:
            self._weather.set_rules(self._with_chats(rules))
        if add is not None:
            self._weather.add_rules(self._with_chats(add))
        if away is not None:
            self._weather.stay_away(float(away))
        if pace is not None:
            self._pace.enforced = pace
        if update_faults is not None:
            self._spoil_updates(dict(update_faults))
        told = self._weather_told()
        if preset is not None or away is not None:
            self.world.changed("weather", preset=self._weather.preset, away=told["away"])
        return told

    def _with_chats(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | {"chat": self.find_chat(row["chat"]).id} if row.get("chat") is not None else row for row in rows]

    def _spoil_updates(self, wanted: dict[str, Any]) -> None:
        if wanted.pop("renumber", False):
            self.world.updates.renumber()
        try:
            self._weather.updates = UpdateFaults(**wanted)
        except TypeError:
            known = ", ".join([*asdict(UpdateFaults()), "renumber"])
            raise ControlError(f"updates are spoilt by {known}") from None

    def _weather_told(self) -> dict[str, Any]:
        weather = self._weather
        left = weather.away_until - self.world.now()
        return {
            "preset": weather.preset,
            "seed": weather.seed,
            "pace": self._pace.enforced,
            "away": None if left == float("inf") else round(max(0.0, left), 3),
            "rules": [rule.told() for rule in weather.rules],
            "hits": [rule.hits for rule in weather.rules],
            "update_faults": asdict(weather.updates) | {"renumber": False},
        }

    def befall(self, kind: str, chat: Ref, topic: Ref | None = None, message: int | None = None) -> dict[str, Any]:
        """Let something happen to a chat now: blocked, deactivated, migrated, kicked, topic-closed and so on."""
        where = self.find_chat(chat)
        thread_id = self.find_topic(where, topic).id if topic is not None else None
        befall(self.world, kind, where, thread_id=thread_id, message_id=message)
        return {}

    def later(
        self, do: str, body: dict[str, Any] | None = None, at: float | None = None, after: float = 0.0
    ) -> dict[str, Any]:
        """Do a verb at an instant of the sandbox clock, or so many of its seconds from now."""
        if do not in VERBS:
            raise ControlError(f"there is no verb {do!r}", 404)
        when = self.world.now() + after if at is None else at
        return {"id": self._plans.add(do, dict(body or {}), at=when).id}

    def planned(self) -> dict[str, Any]:
        """What was planned, and what came of it."""
        return {"plans": self._plans.told()}

    async def settle(self, seconds: float = 5.0) -> dict[str, Any]:
        """Wait until the bot has confirmed every update and is quiet, or for so many real seconds."""
        return await self._settling.settle(seconds)
