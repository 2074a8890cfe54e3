"""A run written down so that people can read it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from sandbox.control.telling import service_text
from sandbox.scenario.cast import Cast
from sandbox.scenario.expecting import labels
from sandbox.world.messages import Message
from sandbox.world.world import Change

Write = Callable[[str], None]


class Transcript:
    """Writes every message, edit, press and toast as it happens.

    Args:
        cast: whose zone the times are in.
        write: takes one line at a time.
    """

    def __init__(self, cast: Cast, write: Write) -> None:
        self._cast = cast
        self._world = cast.sandbox.world
        self._write = write
        self._pressed: set[str] = set()
        self._last_time = ""

    def begin(self) -> None:
        """Listen."""
        self._world.listeners.append(self._tell)

    def end(self) -> None:
        """Listen no more."""
        self._world.listeners.remove(self._tell)

    def line(self, text: str) -> None:
        """Write a line of one's own."""
        self._write(text)

    def _tell(self, change: Change) -> None:
        match change["kind"]:
            case "message" | "edited":
                message = self._world.message(change["chat_id"], change["message_id"])
                if message is not None:
                    self._tell_message(message, edited=change["kind"] == "edited")
            case "deleted":
                self._said("   ", f"(message {change['message_id']} deleted in {self._place(change['chat_id'], None)})")
            case "press":
                self._tell_presses(change["person_id"])
            case "notice":
                self._tell_notice(change["notice"])
            case "clock":
                now = dt.datetime.fromtimestamp(change["now"], self._cast.zone)
                self._write(f"── {now:%a %d %b %Y %H:%M} ──")
            case _:
                return

    def _tell_message(self, message: Message, *, edited: bool) -> None:
        chat = self._world.chats[message.chat_id]
        if message.service:
            self._said(
                "  ·", f"{self._place(chat.id, chat.topic_of(message))}: {service_text(self._world, chat, message)}"
            )
            return
        who = chat.title if message.as_chat is not None else self._world.name_of(message.sender_id)
        told = message.formatted.text or f"({message.kind})"
        if message.formatted.text and message.kind != "text":
            told = f"({message.kind}) {told}"
        mark = "✎" if edited else " "
        self._said(f"{mark}  ", f"{who} → {self._place(chat.id, chat.topic_of(message))}: {_indented(told)}")
        for row in (message.markup or {}).get("inline_keyboard", []):
            self._write("            " + " ".join(f"[{button['text']}]" for button in row))

    def _tell_presses(self, person_id: int) -> None:
        for press in self._world.waiting_presses(person_id):
            if press.query_id in self._pressed:
                continue
            self._pressed.add(press.query_id)
            message = self._world.message(press.chat_id, press.message_id)
            pressed = press.data
            for row in ((message.markup if message else None) or {}).get("inline_keyboard", []):
                pressed = next((b["text"] for b in row if b.get("callback_data") == press.data), pressed)
            self._said(" ▸ ", f"{self._world.name_of(person_id)} presses [{pressed}]")

    def _tell_notice(self, notice: dict[str, Any]) -> None:
        words = {
            "toast": "reads",
            "alert": "must read",
            "expired": "gets no answer",
            "url": "opens",
            "copied": "copies",
        }
        who, verb = self._world.name_of(notice["person_id"]), words.get(notice["kind"], notice["kind"])
        self._said(" ◂ ", f"{who} {verb} “{notice['text']}”" if notice["text"] else f"{who} {verb}")

    def _place(self, chat_id: int, topic: int | None) -> str:
        chat = self._world.chats[chat_id]
        if chat.private:
            return f"{self._world.name_of(chat_id)} in private"
        named = chat.topics.get(topic) if topic is not None else None
        return f"{chat.title} / {named.name}" if named else chat.title

    def _said(self, mark: str, text: str) -> None:
        now = self._cast.now().strftime("%H:%M")
        shown = now if now != self._last_time else "     "
        self._last_time = now
        self._write(f"{shown} {mark} {text}")


def _indented(text: str) -> str:
    return text.replace("\n", "\n            ")


def summary(message: Message) -> str:
    """A message in one line."""
    buttons = " ".join(f"[{label}]" for label in labels(message))
    return f"{message.formatted.text} {buttons}".strip()
