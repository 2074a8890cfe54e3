"""Pressing buttons and opening links."""

import time
from typing import Any
from urllib.parse import urlsplit

from sandbox.control.members import MemberVerbs
from sandbox.control.refs import Ref
from sandbox.control.talk import TalkVerbs
from sandbox.entities.links import start_parameters
from sandbox.errors import ControlError
from sandbox.world.chats import Chat
from sandbox.world.messages import Message
from sandbox.world.people import Person
from sandbox.world.pressing import press
from sandbox.world.world import Press

KINDS = {
    "url": "url",
    "callback_data": "callback",
    "copy_text": "copy",
    "web_app": "web_app",
    "switch_inline_query": "switch",
    "switch_inline_query_current_chat": "switch",
    "switch_inline_query_chosen_chat": "switch",
    "pay": "pay",
    "login_url": "login",
    "callback_game": "callback",
}


def button_kind(button: dict[str, Any]) -> str:
    """What a button does, in the control API's words."""
    return next((kind for name, kind in KINDS.items() if name in button), "text")


class ButtonVerbs(TalkVerbs, MemberVerbs):
    """`press`, `press_reply`, `open`, and reading how a press was answered."""

    def press(
        self,
        person: Ref,
        chat: Ref,
        *,
        message: int | None = None,
        row: int | None = None,
        column: int | None = None,
        label: str | None = None,
        topic: Ref | None = None,
    ) -> dict[str, Any]:
        """Press an inline button, by its place in a message or by (part of) its label in the newest one that has it."""
        presser, where = self.seat(person, chat)
        if label is not None:
            found, button = self._by_label(where, label, message, topic)
        else:
            found = self.find_message(where, message)
            button = _by_place(found, row, column)
        return self._pressed(presser, where, found, button)

    def _by_label(
        self,
        where: Chat,
        label: str,
        message: int | None,
        topic: Ref | None,
    ) -> tuple[Message, dict[str, Any]]:
        topic_id = self.find_topic(where, topic).id if topic is not None else None
        for found in reversed(where.messages.values()):
            named = message in {None, found.id} and topic_id in {None, where.topic_of(found)}
            if named and (button := _called(found, label)) is not None:
                return found, button
        listed = [f"“{button['text']}”" for found in reversed(where.messages.values()) for button in found.buttons]
        there = ", ".join(listed[:40]) or "no buttons at all"
        raise ControlError(f"no button is called “{label}” there; there are {there}", 404)

    def _pressed(self, presser: Person, where: Chat, found: Message, button: dict[str, Any]) -> dict[str, Any]:
        kind = button_kind(button)
        told: dict[str, Any] = {"press_id": None, "kind": kind, "opened": None, "url": None, "copied": None}
        if kind == "callback":
            told["press_id"] = press(self.world, found, presser.id, button).id
        elif kind == "copy":
            told["copied"] = button["copy_text"]["text"]
            self.world.notify(presser.id, "copied", told["copied"])
        elif kind in {"url", "web_app", "login"}:
            url = button.get("url") or (button.get("web_app") or button.get("login_url") or {}).get("url", "")
            told |= {**self.open(presser.id, url, where.id), "kind": kind}
        return told

    def press_reply(self, person: Ref, chat: Ref, label: str) -> dict[str, Any]:
        """Press a button of the reply keyboard: says its text, or sends one's location or contact."""
        presser, where = self.seat(person, chat)
        shown = where.reply_keyboards.get(presser.id, (0, {}))
        buttons = [button for row in shown[1].get("keyboard", []) for button in row]
        fitting = [button for button in buttons if label.lower() in button["text"].lower()]
        if not fitting:
            there = ", ".join(f"“{button['text']}”" for button in buttons) or "no reply keyboard"
            raise ControlError(f"no reply button is called “{label}”; there are {there}", 404)
        button = fitting[0]
        if button.get("request_location"):
            place = {"latitude": 31.2304, "longitude": 121.4737}
            return self.say(presser.id, where.id, location=place, reply_to=shown[0])
        if button.get("request_contact"):
            return self.say(presser.id, where.id, contact=True, reply_to=shown[0])
        return self.say(presser.id, where.id, button["text"])

    def open(self, person: Ref, url: str, chat: Ref | None = None) -> dict[str, Any]:
        """Open a link: one to the bot starts it or adds it to a group, an invite link joins, others open a browser."""
        opener = self.find_person(person)
        told: dict[str, Any] = {"press_id": None, "kind": "url", "opened": None, "url": url, "copied": None}
        asked = start_parameters(url, self.world.bot.username)
        if asked is not None and "startgroup" in asked:
            if chat is None:
                raise ControlError("say to which chat the bot is to be added")
            told["opened"] = self._start_in_group(opener, chat, asked)
        elif asked is not None and "start" in asked:
            told["opened"] = self.start(opener.id, asked["start"])
        elif asked is not None:
            told["opened"] = {"chat_id": opener.id, "message_id": None}
        elif (link := self.link(url)) is not None:
            told["opened"] = {**self.join_by(opener.id, *link), "message_id": None}
        elif urlsplit(url).scheme in {"http", "https"}:
            self.world.notify(opener.id, "url", url, url=url)
        return told

    def _start_in_group(self, opener: Person, chat: Ref, asked: dict[str, str]) -> dict[str, Any]:
        self.add(opener.id, chat, "bot", as_admin="admin" in asked)
        return self.say(opener.id, chat, f"/start@{self.world.bot.username} {asked['startgroup']}".strip())

    def press_told(self, press_id: int) -> dict[str, Any]:
        """How far a press has come."""
        made = self._press(press_id)
        names = ("id", "state", "kind", "text", "url", "after")
        return {name: getattr(made, name) for name in names}

    async def wait_for_press(self, press_id: int, seconds: float = 5.0) -> dict[str, Any]:
        """Wait (real seconds) until a press is answered or expired, then tell as `press_told` does."""
        made = self._press(press_id)
        deadline = time.monotonic() + seconds
        while made.state == "waiting" and (left := deadline - time.monotonic()) > 0:
            await self.next_change(left)
        return self.press_told(press_id)

    def _press(self, press_id: int) -> Press:
        for made in reversed(self.world.presses.values()):
            if made.id == press_id:
                return made
        raise ControlError(f"there was no press {press_id}", 404)


def _called(found: Message, label: str) -> dict[str, Any] | None:
    """The message's button of exactly that label or, failing that, the first that contains it."""
    for button in found.buttons:
        if button["text"] == label:
            return button
    return next((button for button in found.buttons if label.lower() in button["text"].lower()), None)


def _by_place(found: Message, row: int | None, column: int | None) -> dict[str, Any]:
    rows = (found.markup or {}).get("inline_keyboard", [])
    if row is None or column is None:
        raise ControlError("say which button: row and column, or label")
    if not 0 <= row < len(rows) or not 0 <= column < len(rows[row]):
        raise ControlError(f"the message has no button in row {row}, column {column}", 404)
    button: dict[str, Any] = rows[row][column]
    return button
