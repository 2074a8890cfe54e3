"""What can go wrong by the rules of the house.

Every class here has a text of its own in `bot.views.errors`; a test holds that. The fields are facts, never words.
They are not frozen: contextlib writes `__traceback__` on an exception that passes through a context manager.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class DomainError(Exception):
    """A rule said no. Nothing was changed."""


@dataclass(unsafe_hash=True)
class NotFound(DomainError):
    """What was asked for is no longer there, or never was."""

    what: str


@dataclass(unsafe_hash=True)
class NotAllowed(DomainError):
    """The actor's roles do not permit this action."""

    action: str


@dataclass(unsafe_hash=True)
class NotIdentified(DomainError):
    """An anonymous admin or a channel pressed or wrote: nobody we could know by name."""


@dataclass(unsafe_hash=True)
class NotSetUp(DomainError):
    """The person belongs to no community that is set up."""


@dataclass(unsafe_hash=True)
class ShiftCancelled(DomainError):
    """The shift will not take place."""

    start: datetime
    end: datetime


@dataclass(unsafe_hash=True)
class ShiftStarted(DomainError):
    """The shift has begun or is over, so its places can no longer change hands by themselves."""

    start: datetime
    end: datetime


@dataclass(unsafe_hash=True)
class ShiftFull(DomainError):
    """Every place is taken; the waitlist is open."""

    shift_id: str
    capacity: int


@dataclass(unsafe_hash=True)
class ShiftNotFull(DomainError):
    """There is a place free: claim it instead of waiting."""

    shift_id: str


@dataclass(unsafe_hash=True)
class ShiftOverlaps(DomainError):
    """The person already holds a shift at that time."""

    other_shift_id: str
    start: datetime
    end: datetime


@dataclass(unsafe_hash=True)
class AlreadyYours(DomainError):
    """The person holds a place in this shift."""

    start: datetime
    end: datetime


@dataclass(unsafe_hash=True)
class AlreadyWaiting(DomainError):
    """The person stands on the waitlist, at that position (1 is next)."""

    position: int


@dataclass(unsafe_hash=True)
class NotYours(DomainError):
    """The person neither holds a place in this shift nor waits for one."""


@dataclass(unsafe_hash=True)
class ReleaseNeedsYes(DomainError):
    """The shift starts soon; giving it back asks once."""

    shift_id: str
    start: datetime


@dataclass(unsafe_hash=True)
class TooLateToUndo(DomainError):
    """The time for undoing is over (seconds allowed)."""

    seconds: int


@dataclass(unsafe_hash=True)
class SomebodyClaimed(DomainError):
    """A shift to be undone has people on it already; cancel it instead, so that they are told."""

    people: int


@dataclass(unsafe_hash=True)
class NothingToMake(DomainError):
    """Every shift of the request exists already, at the same checkpoint and time."""


@dataclass(unsafe_hash=True)
class NameTaken(DomainError):
    """A checkpoint of that name exists in this community."""

    name: str


@dataclass(unsafe_hash=True)
class NameInvalid(DomainError):
    """A name is empty, or longer than allowed (characters)."""

    longest: int


@dataclass(unsafe_hash=True)
class PhoneInvalid(DomainError):
    """A telephone number holds something other than 5 to 20 digits, spaces, '+', '-' or brackets."""

    phone: str


@dataclass(unsafe_hash=True)
class ZoneUnknown(DomainError):
    """No such time zone in the IANA database."""

    name: str


@dataclass(unsafe_hash=True)
class PlacesInvalid(DomainError):
    """The number of places is outside what a shift can have."""

    lowest: int
    highest: int


@dataclass(unsafe_hash=True)
class LastCoordinator(DomainError):
    """A community keeps at least one coordinator."""


@dataclass(unsafe_hash=True)
class DayLeftOut(DomainError):
    """The series of a cancelled shift leaves the whole day out: the day is to be brought back there."""

    day: date


@dataclass(unsafe_hash=True)
class DraftGone(DomainError):
    """The form this answer belongs to was finished, cancelled, or has expired."""


@dataclass(unsafe_hash=True)
class FormOpen(DomainError):
    """A file came while a form that takes none is open."""
