"""`python -m bot doctor`: what would go wrong, said before it does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bot.clock import SystemClock
from bot.command_line import machine_checks, store_checks
from bot.command_line.checks import Check, Level
from bot.command_line.command import DONE, FAILED, Call, Command, no_arguments
from bot.config import ConfigError, Settings, read_token
from storage import FILE
from storage.health import examine


def doctor(call: Call) -> int:
    """Write a line for every check and what to do where it is not well; 1 if there is any problem."""
    checks = list(_checks(call))
    for check in checks:
        call.write(f"{check.level.value:<8} {check.topic:<9} {check.what}")
        if check.next_step:
            call.write(f"{'':<8} {'→ next':<9} {check.next_step}")
    problems, warnings = (sum(check.level is level for check in checks) for level in (Level.PROBLEM, Level.WARNING))
    call.write(f"Problems: {problems}. Warnings: {warnings}." if problems or warnings else "All is well.")
    return FAILED if problems else DONE


def _checks(call: Call) -> Iterator[Check]:
    yield from _settings(call)
    yield _token()
    folder = _folder(call)
    now = SystemClock().now()
    yield from machine_checks.folder(folder)
    if not folder.is_dir():
        yield machine_checks.disk(folder, 0)
        yield from machine_checks.clock(now, None, frozenset())
        return
    try:
        health = examine(folder / FILE)
    except OSError as error:
        yield Check(Level.PROBLEM, "database", f"it cannot be read: {error}", "Run this as the user the bot runs as.")
        return
    yield machine_checks.disk(folder, health.file_bytes)
    yield from store_checks.store(health)
    yield from machine_checks.clock(now, health.newest, health.zones)


def _folder(call: Call) -> Path:
    """Return the folder of the database; the usual one where the settings cannot be read."""
    try:
        return call.folder
    except ConfigError:
        return Path(Settings().store.folder)


def _settings(call: Call) -> Iterator[Check]:
    try:
        _ = call.settings
    except ConfigError as error:
        for mistake in error.mistakes:
            yield Check(Level.PROBLEM, "settings", mistake, f"Mend {call.config}.")
    else:
        where = str(call.config) if call.config.exists() else "the defaults"
        yield Check(Level.OK, "settings", f"{where}: all right")


def _token() -> Check:
    try:
        read_token(os.environ)
    except ConfigError as error:
        return Check(Level.PROBLEM, "token", " ".join(error.mistakes), "See docs/guides/run-on-telegram.md.")
    return Check(Level.OK, "token", "it is set and has the right form (it is not shown, and Telegram was not asked)")


DOCTOR = Command(
    "doctor",
    "look for anything that is wrong or soon will be",
    "Looks at settings, token, folder, disk, database, archives and clock, changes nothing, and says what to do next. "
    "The bot may run meanwhile. Exit codes: 0 no problem (perhaps warnings), 1 at least one problem.",
    doctor,
    no_arguments,
)
