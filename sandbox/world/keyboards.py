"""Keyboards: read from a request with Telegram's refusals, and kept in one form so that they can be compared."""

import json
from collections.abc import Callable
from typing import Any

from sandbox.entities.links import checked_url
from sandbox.errors import ApiError, bad_request

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_BYTES = 10_240
_ACTIONS = (  # in the order the server looks for them (`get_inline_keyboard_button_type`)
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_NOT_ROWS = 'Field "keyboard" must be an Array of Arrays'
_NOT_INLINE = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
_STYLES = {"danger", "success", "primary"}


def read_markup(value: Any) -> dict[str, Any] | None:
    """The `reply_markup` of a request as Telegram would keep it.

    None for nothing, or with exactly one of the keys `inline_keyboard`, `keyboard`, `remove_keyboard`, `force_reply`.

    Raises `ApiError` as the server's `get_reply_markup` does.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    keyboard = _rows(value, "keyboard", _NOT_ROWS, _reply_button)
    inline = _rows(value, "inline_keyboard", _NOT_INLINE, _inline_button)
    if keyboard:
        return {**value, "keyboard": keyboard}
    if any(inline):
        return {"inline_keyboard": _sized([row for row in inline if row])}
    return value if True in (value.get("remove_keyboard"), value.get("force_reply")) else None


def check_buttons(markup: dict[str, Any] | None, *, private: bool) -> None:
    """What Telegram checks only once chat and message are known: lengths, addresses, private-only kinds (all seen)."""
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            _check_button(button, private=private)


def _check_button(button: dict[str, Any], *, private: bool) -> None:
    if len(button.get("callback_data", "").encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        if checked_url(button["url"]) is None:
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        if len(button["url"]) > 2048:
            raise bad_request("BUTTON_URL_INVALID")
    if "web_app" in button and not private:
        raise bad_request("BUTTON_TYPE_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _rows(
    value: dict[str, Any],
    name: str,
    refusal: str,
    read: Callable[[Any], dict[str, Any]],
) -> list[list[dict[str, Any]]]:
    """The buttons under that name, row by row; none if there is no such field."""
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(refusal)
    return [[read(button) for button in row] for row in rows]


def _inline_button(button: Any) -> dict[str, Any]:
    try:
        return _read_inline(button)
    except ApiError as refused:
        reason = refused.description.removeprefix("Bad Request: ")
        raise ApiError(400, f"Bad Request: can't parse inline keyboard button: {reason}") from refused


def _read_inline(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise ApiError(400, "InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise ApiError(400, 'Can\'t find field "text"')
    if not button["text"].strip():
        raise ApiError(400, "BUTTON_TEXT_EMPTY")  # guess
    action = _action(button)
    kept = {"text": button["text"], action: button[action]}
    if button.get("style", "primary") not in _STYLES:
        raise ApiError(400, "invalid button style specified")
    return kept | {name: button[name] for name in ("style", "icon_custom_emoji_id") if button.get(name)}


def _action(button: dict[str, Any]) -> str:
    """The field that says what the button does; Telegram takes the first of several, the sandbox wants one."""
    given = [name for name in _ACTIONS if _is_set(name, button.get(name))]
    if not given:
        raise ApiError(400, "Text buttons are unallowed in the inline keyboard")
    if len(given) > 1:
        raise ApiError(400, f"sandbox: exactly one action a button, not {', '.join(given)}")
    return given[0]


def _is_set(name: str, value: Any) -> bool:
    return value not in ("", None, False) or (value == "" and name.startswith("switch"))


def _reply_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    return button


def _sized(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    if any(len(row) > MAX_ROW for row in rows):
        raise bad_request(f"sandbox: a row holds at most {MAX_ROW} buttons")
    if sum(len(row) for row in rows) > MAX_BUTTONS or len(json.dumps(rows, ensure_ascii=False).encode()) > MAX_BYTES:
        raise bad_request("reply markup is too long")
    return rows
