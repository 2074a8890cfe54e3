"""Answers to presses."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Call
from sandbox.world.pressing import answer


def answer_callback_query(call: Call) -> Any:
    """`answerCallbackQuery`."""
    url = call.get("url")
    if url and not str(url).startswith((f"https://t.me/{call.world.bot.username}", "tg://", "t.me/")):
        raise bad_request("URL_INVALID")  # seen: only links to the bot itself, or a game's
    answer(
        call.world,
        str(call.get("callback_query_id", "")),
        str(call.get("text", "")),
        alert=bool(call.get("show_alert", False)),
        url=url,
    )
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
