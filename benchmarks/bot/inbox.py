"""The stub's inbox: presses that are released on demand, handed out by getUpdates, and answered one day."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

BOT = {"id": 123456, "is_bot": True, "first_name": "Muster", "username": "muster_bot"}
CARD_TEXT = "Gate 3 · Tue, 1 Dec\n\n08:00–12:00  2/4 · 1 missing\nLi 1, Li 2\n\n12:00–16:00  0/4 · 3 missing"
MARKS = ((0, 6), (21, 11), (64, 11))
LABELS = ("Claim 00:00–04:00", "Claim 04:00–08:00", "Claim 08:00–12:00", "Claim 12:00–16:00", "Claim 16:00–20:00")


def card(chat_id: int, data: str) -> dict[str, Any]:
    """A card as Telegram sends it along with every press of one of its buttons."""
    buttons = [{"text": label, "callback_data": data, "style": "success"} for label in LABELS]
    link = {"text": "My shifts", "url": "https://t.me/muster_bot?start=mine"}
    return {
        "message_id": 7,
        "from": BOT,
        "date": 1796083200,
        "edit_date": 1796083260,
        "chat": {"id": chat_id, "type": "supergroup", "title": "Riverside"},
        "text": CARD_TEXT,
        "entities": [{"type": "bold", "offset": offset, "length": length} for offset, length in MARKS],
        "reply_markup": {"inline_keyboard": [buttons[:2], buttons[2:4], buttons[4:], [link]]},
    }


class Inbox:
    """Holds presses, one line `[account, chat, data]` each in a file; those released are handed out until confirmed."""

    def __init__(self, script: Path | None, per_call: int) -> None:
        self._presses = [json.loads(line) for line in script.open()] if script else []
        self._per_call = per_call
        self._released = 0
        self._confirmed = 0
        self._answered: set[int] = set()
        self._released_at = 0.0
        self._answered_at = 0.0
        self.asked = False
        self.edits: list[tuple[float, int]] = []

    def release(self, count: int) -> None:
        """Let so many more be handed out."""
        self._released += count
        if self._released > len(self._presses):
            raise ValueError(f"there are only {len(self._presses)} presses")
        self._released_at = time.monotonic()

    def done(self, edits: int) -> bool:
        """Say whether everything released was answered, and so many messages were edited."""
        return len(self._answered) >= self._released and len(self.edits) >= edits

    def told(self) -> dict[str, Any]:
        """How it went: seconds from the release to the last answer, and to every edit since, with its chat."""
        edits = [(at - self._released_at, chat) for at, chat in self.edits if at >= self._released_at]
        return {"answered": len(self._answered), "last": self._answered_at - self._released_at, "edits": edits}

    def asked_at_once(self, body: bytes) -> bool:
        """Read a getUpdates call: its offset confirms what lies below it; say whether it must not be held."""
        self.asked = True
        offset = number_after(body, b"offset")
        if offset is not None:
            self._confirmed = max(self._confirmed, offset - 1)
        return number_after(body, b"timeout") == 0

    def waiting(self) -> bool:
        """Say whether there is anything to hand out."""
        return self._released > self._confirmed

    def updates(self) -> list[dict[str, Any]]:
        """Hand out what comes after the last confirmed."""
        first, last = self._confirmed + 1, min(self._released, self._confirmed + self._per_call)
        return [self._update(number) for number in range(first, last + 1)]

    def note(self, method: str, body: bytes) -> None:
        """Note an answer or an edit."""
        if method == "answerCallbackQuery":
            number = number_after(body, b"callback_query_id")
            if number is not None and number not in self._answered:
                self._answered.add(number)
                self._answered_at = time.monotonic()
        elif method == "editMessageText":
            self.edits.append((time.monotonic(), -(number_after(body, b"chat_id") or 0)))

    def _update(self, number: int) -> dict[str, Any]:
        account, chat, data = self._presses[number - 1]
        person = {"id": account, "is_bot": False, "first_name": f"Li {account - 5000}", "language_code": "en"}
        press = {"id": str(number), "from": person, "message": card(chat, data), "chat_instance": "1", "data": data}
        return {"update_id": number, "callback_query": press}


def number_after(body: bytes, name: bytes) -> int | None:
    """Find a parameter's number in a JSON, form or multipart body, without taking any of them apart."""
    at = body.find(name)
    digits = b""
    for byte in body[at + len(name) :] if at >= 0 else b"":
        if 48 <= byte <= 57:
            digits += bytes([byte])
        elif digits:
            break
    return int(digits) if digits else None
