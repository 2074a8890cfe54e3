"""A very small bot that speaks plain HTTP, to try the page without the product."""

import asyncio
import contextlib
from typing import Any, Self

import aiohttp

Json = dict[str, Any]

KEYBOARD = [
    [
        {"text": "Claim 08:00", "callback_data": "claim", "style": "success"},
        {"text": "Release", "callback_data": "alert", "style": "danger"},
    ],
    [{"text": "Details", "callback_data": "silent", "style": "primary"}, {"text": "Wait", "callback_data": "wait"}],
    [
        {"text": "Open in private", "url": "https://t.me/echo_sandbox_bot?start=card_7"},
        {"text": "Copy the code", "copy_text": {"text": "GATE-42"}},
    ],
]


class EchoBot:
    """Echoes what it reads, answers presses, and keeps what happened for the tests.

    `release` lets the press of "Wait" be answered; until then its spinner turns.
    """

    def __init__(self, base_url: str, token: str) -> None:
        self._address = f"{base_url}{token}/"
        self._places = 1
        self._answering: set[asyncio.Task[None]] = set()
        self.release = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        self._running = asyncio.create_task(self._poll())
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.release.set()
        self._running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._running
        await asyncio.gather(*self._answering)
        await self._session.close()

    async def call(self, method: str, **fields: Any) -> Any:
        """Call the Bot API; gives `result`, or None when the sandbox refused."""
        async with self._session.post(self._address + method, json=fields) as response:
            answer = await response.json()
        return answer.get("result")

    async def card(self, chat: int, **fields: Any) -> Any:
        """Send the card with every kind of button."""
        text = f"<b>East Gate</b>, Tue 1 Dec\n08:00–12:00  {self._places} place left"
        keyboard = {"inline_keyboard": KEYBOARD}
        return await self.call(
            "sendMessage", chat_id=chat, text=text, parse_mode="HTML", reply_markup=keyboard, **fields
        )

    async def _poll(self) -> None:
        offset = 0
        while True:
            updates = await self.call("getUpdates", offset=offset, timeout=10) or []
            for update in updates:
                offset = update["update_id"] + 1
                await self._handle(update)

    async def _handle(self, update: Json) -> None:
        if press := update.get("callback_query"):
            answering = asyncio.create_task(self._pressed(press))
            self._answering.add(answering)
            answering.add_done_callback(self._answering.discard)
        elif message := update.get("message"):
            await self._spoken(message)

    async def _spoken(self, message: Json) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        if text.startswith("/card"):
            await self.card(chat)
        elif text.startswith("/start"):
            await self.call("sendMessage", chat_id=chat, text=f"Welcome. Payload: {text[6:].strip() or 'none'}")
        elif text and message["chat"]["type"] == "private":
            await self.call("sendMessage", chat_id=chat, text=f"You said: {text}")

    async def _pressed(self, press: Json) -> None:
        answer: Json = {"callback_query_id": press["id"]}
        if press["data"] == "wait":
            await self.release.wait()
        elif press["data"] == "alert":
            answer |= {"text": "Less than 24 hours to go.", "show_alert": True}
        elif press["data"] == "claim":
            answer["text"] = await self._claim(press)
        await self.call("answerCallbackQuery", **answer)

    async def _claim(self, press: Json) -> str:
        if self._places == 0:
            return "Full: somebody was faster."
        self._places -= 1
        message = press["message"]
        await self.call(
            "editMessageText",
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            text=f"East Gate 08:00–12:00\nOn duty: {press['from']['first_name']}",
            reply_markup={"inline_keyboard": KEYBOARD},
        )
        return "You are on duty: East Gate, Tue 08:00."
