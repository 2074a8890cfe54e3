"""What changes around the people of a scenario: time, weather, groups, the bot itself."""

import asyncio
import datetime as dt
import re
from zoneinfo import ZoneInfo

from sandbox.control.people import ADMIN_RIGHTS
from sandbox.errors import ControlError
from sandbox.scenario.cast import Cast
from sandbox.scenario.model import Stage, Step
from sandbox.world.people import Person

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h|m|s)")
_UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0}
_TOPIC_WORDS = {"creates": "create", "closes": "close", "reopens": "reopen", "deletes": "delete"}


def seconds_of(span: str) -> float:
    """`1h 30m` in seconds. Raises `ControlError` for something else."""
    found = _SPAN.findall(span)
    if not found or _SPAN.sub("", span).strip(" and,"):
        raise ControlError(f"“{span}” is no span of time; write 2h, 1h 30m, 45s or 3d")
    return sum(float(amount) * _UNITS[unit] for amount, unit in found)


class Directing:
    """Does the steps about time, weather, groups and the bot.

    Args:
        cast: who is who.
        stage: how the bot is stopped and started; None when that is not ours to do.
        patience: how many real seconds the bot is given to finish.
    """

    def __init__(self, cast: Cast, stage: Stage | None, patience: float) -> None:
        self._cast = cast
        self._control = cast.sandbox.control
        self._stage = stage
        self._patience = patience

    def _person(self, step: Step) -> Person:
        return self._cast.person(step.parts["person"])

    async def do_person(self, step: Step) -> None:
        """Somebody."""
        self._cast.add_person(step)

    async def do_people(self, step: Step) -> None:
        """Many."""
        self._cast.add_people(step)

    async def do_chat(self, step: Step) -> None:
        """A group."""
        self._cast.add_chat(step)

    async def do_now(self, step: Step) -> None:
        """Set clock and zone."""
        if step.parts["zone"]:
            await self.do_zone(step)
        day = dt.date.fromisoformat(step.parts["date"])
        moment = dt.datetime.combine(day, _time(step.parts["time"]), self._cast.zone)
        self._control.clock(at=moment.timestamp())

    async def do_zone(self, step: Step) -> None:
        """Set only the zone."""
        self._cast.zone = ZoneInfo(step.parts["zone"])
        self._cast.sandbox.clock.zone = step.parts["zone"]

    async def do_later(self, step: Step) -> None:
        """Move the clock on."""
        self._control.clock(add=seconds_of(step.parts["span"]))

    async def do_at(self, step: Step) -> None:
        """Move the clock to a moment; without a date, to the next time of that hour."""
        now = self._cast.now()
        day = dt.date.fromisoformat(step.parts["date"]) if step.parts["date"] else now.date()
        moment = dt.datetime.combine(day, _time(step.parts["time"]), self._cast.zone)
        if step.parts["date"] is None and moment <= now:
            moment += dt.timedelta(days=1)
        if moment <= now:
            raise ControlError(f"{moment:%Y-%m-%d %H:%M} is past; it is {now:%Y-%m-%d %H:%M}")
        self._control.clock(at=moment.timestamp())

    async def do_wait(self, step: Step) -> None:
        """Let real time pass."""
        await asyncio.sleep(seconds_of(step.parts["span"]))

    async def do_settle(self, _step: Step) -> None:
        """Let the bot finish."""
        await self._control.settle(self._patience)

    async def do_weather(self, step: Step) -> None:
        """Change the weather."""
        self._control.faults(preset=step.parts["preset"])

    async def do_privacy(self, step: Step) -> None:
        """Switch privacy mode."""
        self._control.privacy(step.parts["state"] == "on")

    async def do_restart(self, _step: Step) -> None:
        """Stop the bot in an orderly way, if it runs, and start it."""
        if self._stage is None:
            raise ControlError("the bot was not started by whoever plays this scenario")
        await self._stage.restart_bot()

    async def do_kill(self, _step: Step) -> None:
        """End the bot at once."""
        if self._stage is None:
            raise ControlError("the bot was not started by whoever plays this scenario")
        await self._stage.kill_bot()

    async def do_migrate(self, step: Step) -> None:
        """The group becomes a supergroup."""
        old = self._cast.chat(step.parts["chat"])
        fresh = self._control.migrate(old.id, forum=step.parts["kind"] == "forum")
        self._cast.rename_chat(old.id, fresh["chat_id"])

    async def do_add_bot(self, step: Step) -> None:
        """The bot comes into the group."""
        chat = self._cast.chat(step.parts["chat"])
        self._control.add(self._person(step).id, chat.id, "bot", as_admin=bool(step.parts["admin"]))

    async def do_remove_bot(self, step: Step) -> None:
        """The bot is put out."""
        self._control.remove(self._person(step).id, self._cast.chat(step.parts["chat"]).id, "bot")

    async def do_add(self, step: Step) -> None:
        """Somebody is brought in."""
        member = self._cast.member(step.parts["member"])
        self._control.add(self._person(step).id, self._cast.chat(step.parts["chat"]).id, member)

    async def do_remove(self, step: Step) -> None:
        """Somebody is put out."""
        member = self._cast.member(step.parts["member"])
        self._control.remove(self._person(step).id, self._cast.chat(step.parts["chat"]).id, member)

    async def do_promote(self, step: Step) -> None:
        """Somebody gets rights: all, all without some, or only some."""
        rights = dict.fromkeys(ADMIN_RIGHTS, True)
        if step.parts["rights"]:
            rights = {right.strip(): True for right in step.parts["rights"].split(",")}
        for right in (step.parts["without"] or "").split(","):
            rights.pop(right.strip(), None)
        member = self._cast.member(step.parts["member"])
        self._control.promote(self._person(step).id, self._cast.chat(step.parts["chat"]).id, member, rights=rights)

    async def do_anonymous(self, step: Step) -> None:
        """An administrator hides behind the group's name."""
        person, chat = self._person(step), self._cast.chat(step.parts["chat"])
        chat.members[person.id].anonymous = True

    async def do_demote(self, step: Step) -> None:
        """Somebody loses the rights."""
        member = self._cast.member(step.parts["member"])
        self._control.demote(self._person(step).id, self._cast.chat(step.parts["chat"]).id, member)

    async def do_topic(self, step: Step) -> None:
        """Change the topics."""
        do = _TOPIC_WORDS[step.parts["do"]]
        name = self._cast.said(step.parts["name"])
        self._control.topic(self._person(step).id, self._cast.chat(step.parts["chat"]).id, name, do=do)

    async def do_block(self, step: Step) -> None:
        """Block the bot."""
        self._control.block(self._person(step).id)

    async def do_unblock(self, step: Step) -> None:
        """Lift the block."""
        self._control.unblock(self._person(step).id)

    async def do_delete_account(self, step: Step) -> None:
        """Leave Telegram."""
        self._control.delete_account(self._person(step).id)

    async def do_join(self, step: Step) -> None:
        """Come in."""
        self._control.join(self._person(step).id, self._cast.chat(step.parts["chat"]).id)

    async def do_leave(self, step: Step) -> None:
        """Go."""
        self._control.leave(self._person(step).id, self._cast.chat(step.parts["chat"]).id)

    async def do_ask_to_join(self, step: Step) -> None:
        """Ask to come in."""
        self._control.ask_to_join(self._person(step).id, self._cast.chat(step.parts["chat"]).id)


def _time(text: str) -> dt.time:
    hour, minute = text.split(":")
    return dt.time(int(hour), int(minute))
