"""The smallest bot: aiohttp and nothing else, quick to start. Greets, echoes with a Like button, counts likes.

As a script: `plain_bot.py BASE_URL`, token from BOT_TOKEN; stops on SIGTERM.
"""

import asyncio
import json
import os
import signal
import sys

import aiohttp


class PlainBot:
    """Polls and answers; `calls` counts what it sent."""

    def __init__(self, base_url: str, token: str) -> None:
        self._root = f"{base_url}{token}"
        self._offset = 0
        self.refusals: list[str] = []

    async def run(self) -> None:
        async with aiohttp.ClientSession() as session:
            self._session = session
            while True:
                for update in await self._call("getUpdates", offset=self._offset, timeout=20) or []:
                    await self._handle(update)
                    self._offset = update["update_id"] + 1

    async def _call(self, method: str, **params):
        async with self._session.post(f"{self._root}/{method}", json=params) as answer:
            body = await answer.json()
        if not body["ok"]:
            self.refusals.append(body["description"])
        return body.get("result")

    async def _handle(self, update) -> None:
        if press := update.get("callback_query"):
            likes = int(press["data"].split(":")[1]) + 1
            name = press["from"]["first_name"]
            await self._call("answerCallbackQuery", callback_query_id=press["id"], text=f"You like it, {name}")
            message = press["message"]
            where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
            await self._call("editMessageReplyMarkup", **where, reply_markup=keyboard(likes))
        elif text := update.get("message", {}).get("text"):
            message = update["message"]
            if text.startswith("/start"):
                who = message["from"]["first_name"]
                greeting = f"Hello <b>{who}</b>"
                await self._call("sendMessage", chat_id=message["chat"]["id"], text=greeting, parse_mode="HTML")
                return
            where = {"chat_id": message["chat"]["id"], "message_thread_id": message.get("message_thread_id", 0)}
            reply = {"message_id": message["message_id"]}
            await self._call("sendMessage", **where, text=text, reply_parameters=reply, reply_markup=keyboard(0))


def keyboard(likes: int):
    return {"inline_keyboard": [[{"text": f"Like ({likes})", "callback_data": f"like:{likes}"}]]}


async def main() -> None:
    running = asyncio.create_task(PlainBot(sys.argv[1], os.environ["BOT_TOKEN"]).run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        sys.stdout.write("stopped in order\n")


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"started": sys.argv[1:], "token in argv": os.environ["BOT_TOKEN"] in sys.argv}) + "\n")
    sys.stdout.flush()
    asyncio.run(main())
