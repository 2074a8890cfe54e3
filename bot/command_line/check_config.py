"""`python -m bot check-config`: whether the settings are right."""

from __future__ import annotations

from bot.command_line.command import DONE, Call, Command, no_arguments


def check_config(call: Call) -> int:
    """Say that the settings are right. Raises ConfigError with everything that is wrong."""
    _ = call.settings
    call.write(f"{call.config if call.config.exists() else 'The defaults'}: all settings are right.")
    return DONE


CHECK_CONFIG = Command(
    "check-config",
    "say whether the settings are right",
    "Reads the settings, names every mistake at once, and starts nothing.",
    check_config,
    no_arguments,
    with_data=False,
)
