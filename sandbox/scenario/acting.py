"""What people do in a scenario."""

import asyncio
import datetime as dt
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.control.people import ADMIN_RIGHTS
from sandbox.errors import ControlError
from sandbox.scenario.cast import Cast
from sandbox.scenario.model import Stage, Step
from sandbox.world.chats import Chat
from sandbox.world.messages import Message
from sandbox.world.people import Person

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(d|h|m|s)")
_UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0}
_SENT = {"voice note": "voice"}
_TOPIC_WORDS = {"creates": "create", "closes": "close", "reopens": "reopen", "deletes": "delete"}
_LOCATION = {"latitude": 31.2304, "longitude": 121.4737}


def seconds_of(span: str) -> float:
    """`1h 30m` in seconds. Raises `ControlError` for something else."""
    found = _SPAN.findall(span)
    if not found or _SPAN.sub("", span).strip(" and,"):
        raise ControlError(f"“{span}” is no span of time; write 2h, 1h 30m, 45s or 3d")
    return sum(float(amount) * _UNITS[unit] for amount, unit in found)


class Acting:
    """Does the steps that change something.

    Args:
        cast: who is who.
        stage: how the bot is stopped and started; None when that is not ours to do.
        patience: how many real seconds to wait for a button to appear.
    """

    def __init__(self, cast: Cast, stage: Stage | None, patience: float) -> None:
        self._cast = cast
        self._control = cast.sandbox.control
        self._stage = stage
        self._patience = patience
        self.verbs: dict[str, Callable[[Step], Awaitable[None]]] = {
            name.removeprefix("do_"): getattr(self, name) for name in dir(self) if name.startswith("do_")
        }

    def _person(self, step: Step) -> Person:
        return self._cast.person(step.parts["person"])

    def _place(self, step: Step) -> tuple[Person, Chat, int | None]:
        person = self._person(step)
        chat, topic = self._cast.place(step.parts.get("place"), person)
        return person, chat, topic

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

    async def do_start(self, step: Step) -> None:
        """Press Start in private."""
        payload = step.parts["payload"]
        self._control.start(self._person(step).id, self._cast.said(payload) if payload else "")

    async def do_tap(self, step: Step) -> None:
        """Press a button of the reply keyboard."""
        person, chat, _ = self._place(step)
        await self._eventually(
            lambda: self._control.press_reply(person.id, chat.id, self._cast.said(step.parts["label"]))
        )

    async def do_press(self, step: Step) -> None:
        """Press an inline button, as soon as there is one of that name."""
        person, label = self._person(step), self._cast.said(step.parts["label"])
        for _ in range(int(step.parts["times"] or 1)):
            await self._eventually(lambda: self._press(person, label, step))

    def _press(self, person: Person, label: str, step: Step) -> Any:
        if step.parts["place"] is not None:
            chat, topic = self._cast.place(step.parts["place"], person)
            return self._control.press(person.id, chat.id, label=label, topic=topic)
        return self._press_anywhere(person, label)

    def _press_anywhere(self, person: Person, label: str) -> Any:
        """Without a place: the newest message in any chat of the person's that has such a button."""
        chats = [chat for chat in self._cast.sandbox.world.chats.values() if chat.id == person.id or _in(chat, person)]
        refusal: ControlError | None = None
        for chat in sorted(chats, key=_newest_keyboard, reverse=True):
            try:
                return self._control.press(person.id, chat.id, label=label)
            except ControlError as missing:
                refusal = refusal or missing
        raise refusal or ControlError(f"{person.name} has no chats")

    async def do_say(self, step: Step) -> None:
        """Write a text."""
        person, chat, topic = self._place(step)
        reply = self._find(chat, step.parts["reply"]).id if step.parts["reply"] else None
        self._control.say(person.id, chat.id, self._cast.said(step.parts["text"]), topic=topic, reply_to=reply)

    async def do_send(self, step: Step) -> None:
        """Send a photo, a place …."""
        person, chat, topic = self._place(step)
        kind = _SENT.get(step.parts["kind"], step.parts["kind"])
        value: Any = dict(_LOCATION) if kind == "location" else True
        text = self._cast.said(step.parts["text"]) if step.parts["text"] else ""
        self._control.say(person.id, chat.id, text, topic=topic, **{kind: value})

    async def do_edit(self, step: Step) -> None:
        """Change one's own message."""
        person, chat, _ = self._place(step)
        self._control.edit(
            person.id, chat.id, self._find(chat, step.parts["old"]).id, self._cast.said(step.parts["text"])
        )

    async def do_delete(self, step: Step) -> None:
        """Take a message out."""
        person, chat, _ = self._place(step)
        self._control.delete(person.id, chat.id, self._find(chat, step.parts["old"]).id)

    async def do_react(self, step: Step) -> None:
        """Set a reaction."""
        person, chat, _ = self._place(step)
        found = self._find(chat, step.parts["old"])
        self._control.react(person.id, chat.id, found.id, self._cast.said(step.parts["emoji"]))

    async def do_vote(self, step: Step) -> None:
        """Vote in the newest poll that has the option."""
        person, chat, _ = self._place(step)
        wanted = self._cast.said(step.parts["option"])
        for message in reversed(chat.messages.values()):
            if message.kind == "poll":
                poll = self._cast.sandbox.world.polls[message.content["poll"]["id"]]
                texts = [option["text"] for option in poll.content["options"]]
                if wanted in texts:
                    self._control.vote(person.id, chat.id, message.id, [texts.index(wanted)])
                    return
        raise ControlError(f"no poll has the option “{wanted}”")

    async def do_pin(self, step: Step) -> None:
        """Pin a message."""
        person, chat, _ = self._place(step)
        self._control.pin(person.id, chat.id, self._find(chat, step.parts["old"]).id)

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

    def _find(self, chat: Chat, text: Any) -> Message:
        wanted = self._cast.said(text)
        for message in reversed(chat.messages.values()):
            if wanted in message.formatted.text:
                return message
        raise ControlError(f"no message in {chat.title or 'the private chat'} contains “{wanted}”")

    async def _eventually(self, act: Callable[[], Any]) -> None:
        deadline = time.monotonic() + self._patience
        while True:
            try:
                act()
            except ControlError:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise
                await self._control.next_change(left)
            else:
                return


def _time(text: str) -> dt.time:
    hour, minute = text.split(":")
    return dt.time(int(hour), int(minute))


def _in(chat: Chat, person: Person) -> bool:
    return not chat.private and chat.upgraded_to is None and chat.member(person.id).present


def _newest_keyboard(chat: Chat) -> float:
    dates = (message.edit_date or message.date for message in reversed(chat.messages.values()) if message.markup)
    return next(dates, 0.0)
