"""The bot itself: who it is, its texts, its command menus and menu buttons."""

import re
from typing import Any

from sandbox.entities.text import utf16_length
from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of
from sandbox.world.chats import Chat
from sandbox.world.people import CommandScope, bot_self
from sandbox.world.world import World

_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    },
)


def get_me(call: Call) -> Any:
    """`getMe`."""
    return bot_self(call.world.bot)


def done(_call: Call) -> Any:
    """`logOut` and `close`: accepted, nothing to play."""
    return True


def _language(call: Call) -> str:
    language = str(call.get("language_code", ""))
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _scope(call: Call) -> CommandScope:
    given = call.get("scope") or {"type": "default"}
    kind = given.get("type", "")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" not in given:
        return CommandScope(kind, language=_language(call))
    target = Call(call.world, call.method, {"chat_id": given["chat_id"]})
    chat = chat_of(target, Access.READ)
    if chat.private and kind != "chat":
        raise bad_request("can't use specified scope in private chats")  # TDLib
    user_id = given.get("user_id", 0)
    if kind == "chat_member" and user_id <= 0:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return CommandScope(kind, chat.id, user_id, _language(call))


def set_my_commands(call: Call) -> Any:
    """`setMyCommands`: at most 100; a-z, 0-9 and _, 1-32; descriptions 1-256 (TDLib's texts)."""
    commands = [_command(given) for given in call.get("commands", [])]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")  # seen
    call.world.bot.commands[_scope(call).key()] = commands
    call.world.changed("chat", chat_id=None)
    return True


def _command(given: dict[str, Any]) -> dict[str, str]:
    command = given["command"].strip().removeprefix("/")
    described = given["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if not described:
        raise bad_request("command description must be non-empty")
    if len(command) > 32:
        raise bad_request("command length must not exceed 32")
    if utf16_length(described) > 256:
        raise bad_request("command description length must not exceed 256")
    if not re.fullmatch(r"[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")  # seen
    return {"command": command, "description": described}


def get_my_commands(call: Call) -> Any:
    """`getMyCommands`: only the list of exactly this scope and language."""
    return call.world.bot.commands.get(_scope(call).key(), [])


def delete_my_commands(call: Call) -> Any:
    """`deleteMyCommands`."""
    call.world.bot.commands.pop(_scope(call).key(), None)
    call.world.changed("chat", chat_id=None)
    return True


def menu_for(world: World, chat: Chat, person_id: int) -> list[dict[str, str]]:
    """The commands that a person gets offered in a chat: the narrowest scope that has a list (Bot API docs)."""
    language = world.people[person_id].language_code.partition("-")[0]
    leads = chat.member(person_id).leads
    if chat.private:
        scopes = [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    else:
        scopes = [("chat_member", chat.id, person_id)]
        scopes += [("chat_administrators", chat.id, 0)] if leads else []
        scopes += [("chat", chat.id, 0)]
        scopes += [("all_chat_administrators", 0, 0)] if leads else []
        scopes += [("all_group_chats", 0, 0), ("default", 0, 0)]
    for scope in scopes:
        for spoken in (language, ""):
            if commands := world.bot.commands.get((*scope, spoken)):
                return commands
    return []


def _set_text(call: Call, name: str) -> Any:
    text = str(call.get(name, "")).strip()
    if utf16_length(text) > _TEXT_LIMITS[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} length must not exceed {_TEXT_LIMITS[name]}")  # guess
    call.world.bot.texts[name, _language(call)] = text
    call.world.changed("people")
    return True


def _get_text(call: Call, name: str) -> Any:
    return {name: call.world.bot.text(name, _language(call))}


def set_chat_menu_button(call: Call) -> Any:
    """`setChatMenuButton`; without a chat, everybody's default."""
    button = call.get("menu_button") or {"type": "default"}
    call.world.bot.menu_buttons[_menu_chat(call)] = button
    call.world.changed("chat", chat_id=None)
    return True


def get_chat_menu_button(call: Call) -> Any:
    """`getChatMenuButton`."""
    return menu_button(call.world, _menu_chat(call))


def menu_button(world: World, chat_id: int) -> dict[str, Any]:
    """What stands beside the input field of a private chat."""
    buttons = world.bot.menu_buttons
    own = buttons.get(chat_id, {"type": "default"})
    return own if own["type"] != "default" else buttons.get(0, {"type": "commands"})


def _menu_chat(call: Call) -> int:
    if "chat_id" not in call.params:
        return 0
    chat = chat_of(call, Access.READ)
    if not chat.private:
        raise bad_request("menu button can be set only in private chats")  # guess
    return chat.id


def set_default_rights(call: Call) -> Any:
    """`setMyDefaultAdministratorRights`: the rights the bot asks for when it is added."""
    call.world.bot.default_rights = {name: bool(value) for name, value in (call.get("rights") or {}).items()}
    return True


METHODS = {
    "getMe": get_me,
    "logOut": done,
    "close": done,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": lambda call: _set_text(call, "name"),
    "getMyName": lambda call: _get_text(call, "name"),
    "setMyDescription": lambda call: _set_text(call, "description"),
    "getMyDescription": lambda call: _get_text(call, "description"),
    "setMyShortDescription": lambda call: _set_text(call, "short_description"),
    "getMyShortDescription": lambda call: _get_text(call, "short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyDefaultAdministratorRights": set_default_rights,
}
