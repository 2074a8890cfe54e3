"""What buttons ask for about a community's rules, and what they let somebody take."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CheckpointId, CommunityId, PersonId, ShiftId


@dataclass(frozen=True, slots=True)
class RuleBook(Command):
    """The rules of my community; `community_id` empty: the only one, or ask which."""

    community_id: CommunityId | str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OneRule(Command):
    """One rule, with what it could be."""

    community_id: CommunityId
    key: str


@dataclass(frozen=True, slots=True)
class Agree(Command):
    """Let this rule be so from now on; `was` is what the presser saw (empty: whatever it is)."""

    community_id: CommunityId
    key: str
    value: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class TakeSeveral(Command):
    """Let me mark several shifts and take them together; `checkpoint_id` empty: of all checkpoints."""

    checkpoint_id: CheckpointId | str = ""


@dataclass(frozen=True, slots=True)
class UndoSeveral(Command):
    """Give back the shifts I just took together."""


@dataclass(frozen=True, slots=True)
class GuestsOfMine(Command):
    """Whom I bring to one of my shifts."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class NewGuest(Command):
    """I bring somebody: ask me for the name."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class ReleaseGuest(Command):
    """This guest of mine does not come after all."""

    shift_id: ShiftId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class GuestHere(Command):
    """This guest of mine is here."""

    shift_id: ShiftId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class Youths(Command):
    """Who is under 18 in a community, for coordinators."""

    community_id: CommunityId
    page: int = 0


@dataclass(frozen=True, slots=True)
class NoteYouth(Command):
    """This person is under 18: ask me until when; whoever is noted already is no longer."""

    community_id: CommunityId
    person_id: PersonId


RULE_COMMANDS: tuple[type[Command], ...] = (
    RuleBook, OneRule, Agree, TakeSeveral, UndoSeveral, GuestsOfMine, NewGuest, ReleaseGuest, GuestHere, Youths,
    NoteYouth,
)  # fmt: skip
