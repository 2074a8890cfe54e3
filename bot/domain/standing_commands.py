"""What buttons ask about who does what: roles, skills, teams, standing commitments."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import PersonId, ShiftId


@dataclass(frozen=True, slots=True)
class ChangeRole(Command):
    """Give somebody on the shift another role (its key); without one, ask which."""

    shift_id: ShiftId
    person_id: PersonId
    role: str = ""


STANDING: tuple[type[Command], ...] = (ChangeRole,)
