"""What people ask of the bot by button about the codes at checkpoints (see `bot.domain.commands`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CheckpointId, CodeId, ShiftId


@dataclass(frozen=True, slots=True)
class CodePage(Command):
    """The code of a checkpoint, for coordinators."""

    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True)
class NewCode(Command):
    """Give the checkpoint a code; `sure` once the question was answered that one it has already ends."""

    checkpoint_id: CheckpointId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class RevokeCode(Command):
    """Take the checkpoint's code out of use; `sure` once the question was answered."""

    checkpoint_id: CheckpointId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class CodePicture(Command):
    """The code as a picture."""

    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True)
class CodeSheet(Command):
    """The code as a page to print."""

    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True)
class ScanCode(Command):
    """I have scanned this code; with `shift_id`, it is this one of my shifts that I mean."""

    code_id: CodeId
    shift_id: ShiftId | str = ""


@dataclass(frozen=True, slots=True)
class WhereItIs(Command):
    """Begin to say where a checkpoint is."""

    checkpoint_id: CheckpointId


CODE_COMMANDS: tuple[type[Command], ...] = (
    CodePage, NewCode, RevokeCode, CodePicture, CodeSheet, ScanCode, WhereItIs,
)  # fmt: skip
