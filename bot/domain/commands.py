"""What people ask of the bot by button. Imperatives change something; nouns ask to see something.

They travel inside buttons, so their fields are short text, numbers and yes/no; they come back from strangers, so every
one is checked again when it arrives. `handlers.wire.callbacks` packs them into at most 64 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId


@dataclass(frozen=True, slots=True)
class Command:
    """Something a button asks for."""


@dataclass(frozen=True, slots=True)
class ClaimShift(Command):
    """Give me a place, in that role (its key); `sure` once the question about rest was answered."""

    shift_id: ShiftId
    sure: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseShift(Command):
    """Take my place back; `sure` once the question was answered."""

    shift_id: ShiftId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class JoinWaitlist(Command):
    """Let me wait for a place, in that role (its key) or in any."""

    shift_id: ShiftId
    role: str = ""


@dataclass(frozen=True, slots=True)
class LeaveWaitlist(Command):
    """I no longer wait."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class CancelShift(Command):
    """Call a shift off; `sure` once the question was answered."""

    shift_id: ShiftId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class UndoBatch(Command):
    """Take back the shifts just made."""

    batch_id: BatchId


@dataclass(frozen=True, slots=True)
class OpenShifts(Command):
    """The shifts I can take; `every`: the others, too, with the reason. `checkpoint_id` empty: all checkpoints."""

    community_id: CommunityId | str = ""
    checkpoint_id: CheckpointId | str = ""
    page: int = 0
    every: bool = False


@dataclass(frozen=True, slots=True)
class CheckpointFilter(Command):
    """Which checkpoint's shifts do I want to see?"""

    community_id: CommunityId | str = ""


@dataclass(frozen=True, slots=True)
class MyShifts(Command):
    """My shifts to come."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class MyShift(Command):
    """One of my shifts."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class CalendarFile(Command):
    """One of my shifts as a calendar file."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class Home(Command):
    """My next shift and the big buttons."""


@dataclass(frozen=True, slots=True)
class ShiftRoster(Command):
    """Who is on a shift, for coordinators."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class Candidates(Command):
    """Whom a coordinator may put on a shift."""

    shift_id: ShiftId
    page: int = 0


@dataclass(frozen=True, slots=True)
class AssignPerson(Command):
    """Put this person on the shift, in that role (its key)."""

    shift_id: ShiftId
    person_id: PersonId
    role: str = ""


@dataclass(frozen=True, slots=True)
class RemovePerson(Command):
    """Take this person off the shift; `sure` once the question was answered."""

    shift_id: ShiftId
    person_id: PersonId
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SetUp(Command):
    """Begin (or repeat) the setup of the group the button stands in."""

    community_id: CommunityId


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Command):
    """Speak this language in the community."""

    community_id: CommunityId
    language: str


@dataclass(frozen=True, slots=True)
class ZoneList(Command):
    """Other time zones to choose from."""

    community_id: CommunityId
    page: int = 0


@dataclass(frozen=True, slots=True)
class ChooseZone(Command):
    """Read the community's clocks in this zone: an index into the offered ones, or -1 for the proposed."""

    community_id: CommunityId
    zone: int


@dataclass(frozen=True, slots=True)
class BecomeCoordinator(Command):
    """I coordinate here (group admins only)."""

    community_id: CommunityId


@dataclass(frozen=True, slots=True)
class FinishSetup(Command):
    """Everything is settled."""

    community_id: CommunityId


@dataclass(frozen=True, slots=True)
class Languages(Command):
    """Which language shall the bot speak with me?"""


@dataclass(frozen=True, slots=True)
class SpeakToMe(Command):
    """Speak this language with me."""

    language: str


@dataclass(frozen=True, slots=True)
class CheckpointList(Command):
    """The community's checkpoints."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class CheckpointShifts(Command):
    """One checkpoint's shifts of the next days, with who is on them for coordinators."""

    checkpoint_id: CheckpointId
    page: int = 0


@dataclass(frozen=True, slots=True)
class NewCheckpoint(Command):
    """Begin the form for a checkpoint."""


@dataclass(frozen=True, slots=True)
class NewShift(Command):
    """Begin the form for shifts, at a checkpoint if one is given."""

    checkpoint_id: CheckpointId | str = ""


@dataclass(frozen=True, slots=True)
class NewPerson(Command):
    """Begin the form for somebody without Telegram, to be put on a shift if one is given."""

    shift_id: ShiftId | str = ""


@dataclass(frozen=True, slots=True)
class Fill(Command):
    """The form's present step is answered with this, or left out; `step` guards against old buttons."""

    step: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Back(Command):
    """One step back in the form."""


@dataclass(frozen=True, slots=True)
class Cancel(Command):
    """Give up the form."""


@dataclass(frozen=True, slots=True)
class Confirm(Command):
    """Do what the preview says."""


@dataclass(frozen=True, slots=True)
class Help(Command):
    """What can I do here?"""


COMMANDS: tuple[type[Command], ...] = (
    ClaimShift, ReleaseShift, JoinWaitlist, LeaveWaitlist, CancelShift, UndoBatch, OpenShifts, CheckpointFilter,
    MyShifts, MyShift, CalendarFile, Home, ShiftRoster, Candidates, AssignPerson, RemovePerson, SetUp,
    ChooseLanguage, ZoneList, ChooseZone, BecomeCoordinator, FinishSetup, Languages, SpeakToMe, CheckpointList,
    CheckpointShifts, NewCheckpoint, NewShift, NewPerson, Fill, Back, Cancel, Confirm, Help,
)  # fmt: skip
