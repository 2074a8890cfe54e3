"""A request's parameters: text from a form or values from JSON, made what the Bot API says they are."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.spec.check import load_table
from sandbox.world.keyboards import read_markup
from sandbox.world.pressing import TOO_OLD

# What the server says of JSON it cannot read, by parameter (its `get_…` functions).
_UNREADABLE = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "media": "can't parse media JSON object",
    "commands": "can't parse commands JSON object",
    "scope": "can't parse BotCommandScope JSON object",
    "permissions": "can't parse permissions JSON object",
    "options": "can't parse options JSON object",
    "reaction": "can't parse reaction types JSON object",
    "menu_button": "can't parse menu button JSON object",
    "rights": "can't parse ChatAdministratorRights JSON object",
}
# What it says of a parameter that is not there.
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "user_id": "invalid user_id specified",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "callback_query_id": TOO_OLD,
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
    "action": "wrong parameter action in request",
    "file_id": "file_id not specified",
    "name": "name must be non-empty",
}
# Limits that the method itself words as Telegram does.
_WORDED_BY_METHOD = frozenset(
    {
        "text",
        "caption",
        "question",
        "options",
        "secret_token",
        "limit",
        "max_connections",
        "message_ids",
        "media",
        "name",
        "title",
        "tag",
        "custom_title",
        "description",
        "short_description",
        "explanation",
    },
)
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})


def typed(method: str, raw: Mapping[str, Any], files: Collection[str]) -> dict[str, Any]:
    """The parameters with their proper types; raises `ApiError` 400 for anything the table does not allow.

    Args:
        method: the method's proper name.
        raw: values as they came: text, or anything JSON knows.
        files: the names of uploaded fields.
    """
    table = load_table(limits=False)
    fields: dict[str, dict[str, Any]] = table.methods[method]["fields"]
    attached = {name for name in files if name not in fields}
    if unknown := [name for name in raw if name not in fields and name not in attached]:
        raise bad_request(f"sandbox: {method} has no parameter {', '.join(sorted(unknown))}")
    params = {name: _value(fields[name]["type"], name, given) for name, given in raw.items() if given is not None}
    for name, field in fields.items():
        if field.get("required") and name not in params and name not in files:
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
    _check(method, fields, params)
    return params


def _check(method: str, fields: dict[str, dict[str, Any]], params: dict[str, Any]) -> None:
    if "reply_markup" in params:
        read_markup(params["reply_markup"])
    table = load_table(limits=False)
    for name, value in params.items():
        field = fields[name]
        if found := table.problems(field["type"], value, name):
            raise bad_request(f"sandbox: {found[0]}")
        if "limit" in field and name not in _WORDED_BY_METHOD:
            problem = table.limit_problem(field["limit"], value, f"{name} of {method}")
            if problem:
                raise bad_request(f"sandbox: {problem}")


def _value(kind: str, name: str, given: Any) -> Any:
    if not isinstance(given, str):
        return str(given) if kind == "String" and isinstance(given, int | float) else given
    if kind == "Integer|String":
        return int(given) if re.fullmatch(r"-?\d+", given) else given
    if "String" in kind.split("|"):
        return given
    if kind in {"Integer", "Float", "Boolean"}:
        return _scalar(kind, name, given)
    return _decoded(name, given)


def _scalar(kind: str, name: str, given: str) -> Any:
    if kind == "Boolean":
        if given.lower() not in _TRUE | _FALSE:
            raise bad_request(f"sandbox: {name} must be true or false, it is {given!r}")
        return given.lower() in _TRUE
    try:
        return int(given) if kind == "Integer" else float(given)
    except ValueError:
        raise bad_request(f"sandbox: {name} must be of type {kind}, it is {given!r}") from None


def _decoded(name: str, given: str) -> Any:
    if not given:
        return None
    try:
        return json.loads(given)
    except ValueError:
        raise bad_request(_UNREADABLE.get(name, f"can't parse {name} JSON object")) from None
