"""What people do in a scenario."""

import base64
import time
from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.errors import ControlError
from sandbox.scenario.cast import Cast
from sandbox.scenario.directing import Directing
from sandbox.scenario.model import Stage, Step
from sandbox.world.chats import Chat
from sandbox.world.messages import Message
from sandbox.world.people import Person

_SENT = {"voice note": "voice"}
_LOCATION = {"latitude": 31.2304, "longitude": 121.4737}


class Acting(Directing):
    """Does every step that changes something.

    Args:
        cast: who is who.
        stage: how the bot is stopped and started; None when that is not ours to do.
        patience: how many real seconds to wait for a button to appear.
    """

    def __init__(self, cast: Cast, stage: Stage | None, patience: float) -> None:
        super().__init__(cast, stage, patience)
        self.verbs: dict[str, Callable[[Step], Awaitable[None]]] = {
            name.removeprefix("do_"): getattr(self, name) for name in dir(self) if name.startswith("do_")
        }

    def _place(self, step: Step) -> tuple[Person, Chat, int | None]:
        person = self._person(step)
        chat, topic = self._cast.place(step.parts.get("place"), person)
        return person, chat, topic

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

    async def do_send_table(self, step: Step) -> None:
        """Send a CSV file; its rows are written one after the other with ' | ' between."""
        person, chat, topic = self._place(step)
        content = self._cast.said(step.parts["text"]).replace(" | ", "\n").encode()
        table = {"base64": base64.b64encode(content).decode(), "file_name": "table.csv", "mime_type": "text/csv"}
        self._control.say(person.id, chat.id, "", topic=topic, document=table)

    async def do_edit(self, step: Step) -> None:
        """Change one's own message."""
        person, chat, _ = self._place(step)
        own = self._find(chat, step.parts["old"], by=person.id)
        self._control.edit(person.id, chat.id, own.id, self._cast.said(step.parts["text"]))

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

    def _find(self, chat: Chat, text: Any, by: int | None = None) -> Message:
        wanted = self._cast.said(text)
        for message in reversed(chat.messages.values()):
            if wanted in message.formatted.text and by in {None, message.sender_id}:
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


def _in(chat: Chat, person: Person) -> bool:
    return not chat.private and chat.upgraded_to is None and chat.member(person.id).present


def _newest_keyboard(chat: Chat) -> float:
    dates = (message.edit_date or message.date for message in reversed(chat.messages.values()) if message.markup)
    return next(dates, 0.0)
