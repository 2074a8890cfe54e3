"""Writes the pages of docs/reference that the program itself knows best: `make docs`.

A test keeps them current. Each page comes from one table of the program, so that neither can drift from the other.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import bot.domain
from bot.command_line.parser import COMMANDS as COMMAND_LINE
from bot.command_line.parser import add_arguments
from bot.config import Settings
from bot.domain import permissions
from bot.domain.errors import DomainError
from bot.domain.families import ALL_COMMANDS
from bot.domain.people import Role
from bot.domain.policies import POLICIES
from bot.domain.timers import NIGHTLY
from bot.i18n import load
from bot.views.menu import descriptions
from docs import outcomes
from handlers.routes import TYPED

ROOT = Path(__file__).parent.parent
NOTE = "<!-- Written by docs/generate.py from the program's own tables. Do not edit; run `make docs`. -->"


def pages() -> dict[Path, str]:
    """Return the text of every generated page by its path."""
    made = {
        "commands": _commands(),
        "command-line": _command_line(),
        "configuration": _configuration(),
        "permissions": _permissions(),
        "states": _states(),
        "timers": _timers(),
        "errors": _errors(),
        "outcomes": _outcomes(),
    }
    return {ROOT / "docs" / "reference" / f"{name}.md": text for name, text in made.items()}


def write() -> list[Path]:
    """Write every page that is not current; return those."""
    stale = [(path, text) for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    for path, text in stale:
        path.write_text(text, encoding="utf-8")
    return [path for path, _ in stale]


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", NOTE, *parts]) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _summary(thing: object) -> str:
    """Return the first sentence of something's docstring."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def _commands() -> str:
    speak = load()
    english, chinese = (descriptions(speak.speaking(language)) for language in ("en", "zh_Hans"))
    typed = [
        [
            f"`/{word}`",
            "in the group" if row.group else "in private",
            "coordinators" if row.leads else "everybody",
            english[word],
            chinese[word],
        ]
        for word, row in TYPED.items()
    ]
    pressed = [[f"`{kind.__name__}`", _summary(kind)] for kind in ALL_COMMANDS]
    return _page(
        "Commands",
        "Nothing has to be typed: every command has a button, and every command works typed in one line as well. "
        "A command that is answered in private may be typed in the group; the answer comes in private.",
        _table(["Command", "Answered", "For", "What it does", "中文"], typed),
        "## What buttons ask for",
        "Each button carries one of these, packed into at most 64 bytes, and every one is checked again when it is "
        "pressed.",
        _table(["Command", "Meaning"], pressed),
    )


def _command_line() -> str:
    parts = []
    for command in COMMAND_LINE:
        own = argparse.ArgumentParser(add_help=False)
        add_arguments(command, own)
        rows = [[f"`{_typed(action)}`", action.help or ""] for action in own._actions]  # noqa: SLF001 (no public list)
        parts += [f"## python -m bot {command.name}", f"{_sentence(command.help)} {command.about}"]
        parts += [_table(["Argument", "Meaning"], rows)] if rows else []
    return _page(
        "Command line",
        "For the operator. Every command takes `--config FILE` (default: `config.toml`, if it exists) and `--help`; "
        "`python -m bot --version` says which version this is. A mistake in the settings or "
        "on the command line ends with exit code 2.",
        *parts,
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _typed(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else str(action.metavar or "")
    return " ".join([*action.option_strings, value]).strip()


def _configuration() -> str:
    parts = []
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if not (isinstance(section, type) and issubclass(section, BaseModel)):
            message = f"setting {name} stands in no section"
            raise TypeError(message)
        rows = [
            [f"`{key}`", f"`{_toml(value.default)}`", _allowed(value)] for key, value in section.model_fields.items()
        ]
        parts += [f"## [{name}]", _summary(section), _table(["Key", "Default", "Allowed"], rows)]
    return _page(
        "Configuration",
        "Everything stands in `config.toml` and may be left out. `python -m bot check-config` names every mistake at "
        "once. The bot's token is never in the file: set `BOT_TOKEN` in the environment, or `BOT_TOKEN_FILE` to the "
        "path of a file that only the operator can read.",
        *parts,
    )


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _allowed(field: FieldInfo) -> str:
    names = {"ge": "from {}", "gt": "more than {}", "le": "up to {}", "lt": "less than {}", "min_length": "not empty"}
    limits = [
        text.format(getattr(rule, name))
        for rule in field.metadata
        for name, text in names.items()
        if getattr(rule, name, None) is not None
    ]
    choices = [f'`"{choice}"`' for choice in getattr(field.annotation, "__args__", ())]
    kind = {"str": "text", "int": "whole number", "float": "number", "bool": "yes or no"}
    plain = kind.get(getattr(field.annotation, "__name__", ""), "")
    return ", ".join([" or ".join(choices) or plain, *limits])


def _permissions() -> str:
    roles = list(Role)
    rows = [
        [action.replace("_", " "), *("yes" if role in allowed else "" for role in roles)]
        for action, allowed in permissions.ALLOWED.items()
    ]
    return _page(
        "Permissions",
        "Decided by `bot.domain.permissions.may` at the moment of the press, inside the transaction. What is not "
        "allowed here is forbidden; whoever left the community may do nothing.",
        _table(["Action", *(role.replace("_", " ") for role in roles)], rows),
    )


def _states() -> str:
    parts = []
    for module in pkgutil.walk_packages(bot.domain.__path__, "bot.domain."):
        table = getattr(importlib.import_module(module.name), "MOVES", None)
        if isinstance(table, Mapping):
            kind = next(type(state) for state in table if isinstance(state, Enum))
            parts += [f"## {kind.__name__}", f"`{module.name}.MOVES`. {_summary(kind)}", _diagram(table)]
    return _page("Life cycles", "Drawn from the tables that the program itself obeys.", *parts)


def _diagram(moves: Mapping[Enum | None, Iterable[Enum]]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    for state, following in moves.items():
        begin = "[*]" if state is None else str(state.value)
        ends = sorted(str(after.value) for after in following)
        lines += [f"    {begin} --> {end}" for end in ends or ["[*]"]]
    return "\n".join([*lines, "```"])


def _timers() -> str:
    rows = [
        [
            f"`{kind}`",
            policy.about,
            policy.useful,
            "one message for a person" if policy.merged else "each by itself",
            policy.sent,
        ]
        for kind, policy in POLICIES.items()
    ]
    nightly = [[f"`{kind}`", f"{at:%H:%M}"] for kind, at in NIGHTLY.items()]
    return _page(
        "Timers",
        "What falls due by itself, from the table in `bot.domain.policies`. A timer is a row of the store. It looks at "
        "the world again before it does anything; one that comes when it is of no use any more is recorded as missed.",
        _table(["Kind", "What it does", "Of use", "Several at once", "Sent, if an answer is lost"], rows),
        "## Every night",
        "By each community's own clocks. In a gap of the clocks it falls due at the first instant after, in an overlap "
        "once.",
        _table(["Kind", "At"], nightly),
    )


def _errors() -> str:
    found = _leaves(DomainError)
    rows = [[f"`{kind.__name__}`", _summary(kind)] for kind in sorted(found, key=lambda kind: kind.__name__)]
    return _page(
        "Errors of the domain",
        "Every way in which the rules can say no. Nothing was changed when one of these is raised. What people read "
        "stands in `bot/views/errors.py`, in each language.",
        _table(["Error", "Meaning"], rows),
    )


def _outcomes() -> str:
    return _page(
        "What a failed call means",
        "From `handlers/wire/outcomes.py` and `bot/delivery/fates.py`. A row matches the error's class and the "
        "beginning of its text, in small letters; the first row that matches counts. *Again after 1 s* doubles "
        "with every try, up to a minute, for a day. Of somebody who cannot be reached, and of an urgent notice "
        "that stays uncertain or has failed, a coordinator is told. `python -m bot outbox` lists what is uncertain "
        "or has failed.",
        _table(
            ["Telegram answers", "That means", "An urgent notice", "Any other notice", "A live card"], outcomes.rows()
        ),
    )


def _leaves(kind: type[DomainError]) -> list[type[DomainError]]:
    below = kind.__subclasses__()
    return [leaf for sub in below for leaf in _leaves(sub)] if below else [kind]


if __name__ == "__main__":
    for written in write():
        sys.stdout.write(f"wrote {written.relative_to(ROOT)}\n")
