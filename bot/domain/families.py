"""All commands of all buttons, in families: each family has a file and a sign of its own.

A button carries the sign and the command's place in its family, so a family that grows changes no other's buttons.
Commands are only ever added at a family's end; taking one out needs a new version of all buttons
(`handlers.wire.callbacks.VERSION`).
"""

from __future__ import annotations

from bot.domain.code_commands import CODE_COMMANDS
from bot.domain.commands import COMMANDS, Command
from bot.domain.duty_commands import DUTY_COMMANDS
from bot.domain.getting_commands import GETTING
from bot.domain.incident_commands import INCIDENT_COMMANDS
from bot.domain.lead_commands import LEAD_COMMANDS
from bot.domain.making_commands import MAKING
from bot.domain.rule_commands import RULE_COMMANDS
from bot.domain.standing_commands import STANDING
from bot.domain.team_commands import TEAM_COMMANDS
from bot.domain.wish_commands import WISH_COMMANDS

FAMILIES: dict[str, tuple[type[Command], ...]] = {
    "": COMMANDS,
    "0": GETTING,
    "2": DUTY_COMMANDS,
    "3": MAKING,
    "6": RULE_COMMANDS,
    "5": CODE_COMMANDS,
    "4": STANDING,
    "7": LEAD_COMMANDS,
    "9": WISH_COMMANDS,
    "8": TEAM_COMMANDS,
    "1": INCIDENT_COMMANDS,
}
ALL_COMMANDS: tuple[type[Command], ...] = tuple(kind for family in FAMILIES.values() for kind in family)
