"""What the rules can refuse in the whole life of a shift, beyond claiming (`bot.domain.errors`).

Every class has a text in `bot.views.life_errors`. The fields are facts, never words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import DomainError


@dataclass(unsafe_hash=True)
class RoleNeeded(DomainError):
    """The shift has several roles: say which one."""

    shift_id: str


@dataclass(unsafe_hash=True)
class RoleUnknown(DomainError):
    """The shift has no such role, or no longer."""


@dataclass(unsafe_hash=True)
class RoleFull(DomainError):
    """Every place of that role is taken; `free` are the shift's roles that have room."""

    name: str
    free: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class RolesInvalid(DomainError):
    """The roles of a shift are too many, or two bear the same name."""

    most: int


@dataclass(unsafe_hash=True)
class PlacesTaken(DomainError):
    """More people hold a place (or one role's places) than there would be."""

    people: int


@dataclass(unsafe_hash=True)
class WouldOverlap(DomainError):
    """So many people on the shift have another one at the new time."""

    people: int


@dataclass(unsafe_hash=True)
class RolesDecide(DomainError):
    """The shift has roles, and each of them says how many people it takes."""


@dataclass(unsafe_hash=True)
class NoSuchShift(DomainError):
    """There is no open shift to come of that place, day and hours."""


@dataclass(unsafe_hash=True)
class TimeInvalid(DomainError):
    """The shift would begin in the past, end before it starts, or last longer than so many hours."""

    longest: int


@dataclass(unsafe_hash=True)
class SkillMissing(DomainError):
    """The role requires a skill that the person is not known to have; the people named can note it."""

    skill: str
    by: tuple[str, ...] = ()


@dataclass(unsafe_hash=True)
class SkillExpired(DomainError):
    """The person's certificate is no longer valid on the day of the shift; `until` was its last day."""

    skill: str
    until: date


@dataclass(unsafe_hash=True)
class TeamOnly(DomainError):
    """The shift is kept for a team (perhaps a partner unit), and the person is not in it; from `until` on all may."""

    team: str
    until: datetime | None = None


@dataclass(unsafe_hash=True)
class NotYetOpen(DomainError):
    """Claims for this shift open later."""

    opens: datetime


@dataclass(unsafe_hash=True)
class DayFull(DomainError):
    """The person has as many shifts on that day as the community allows."""

    most: int


@dataclass(unsafe_hash=True)
class WeekFull(DomainError):
    """The person has as many shifts in that week as the community allows."""

    most: int


@dataclass(unsafe_hash=True)
class RestTooShort(DomainError):
    """Too little rest lies between this shift and another of the person; a coordinator may decide otherwise."""

    minutes: int
    start: datetime
    end: datetime


@dataclass(unsafe_hash=True)
class StretchTooLong(DomainError):
    """With the shifts that touch it, this would be too long a stretch; a coordinator may decide otherwise."""

    minutes: int


@dataclass(unsafe_hash=True)
class NotForMinors(DomainError):
    """Somebody under 18 may not serve so late, so early or so long; a coordinator may decide otherwise."""


@dataclass(unsafe_hash=True)
class NewcomerAlone(DomainError):
    """A newcomer would be there without anybody experienced; a coordinator may decide otherwise."""


@dataclass(unsafe_hash=True)
class ReasonNeeded(DomainError):
    """This needs a reason of so many characters at most, kept in the history."""

    longest: int


@dataclass(unsafe_hash=True)
class OfferOver(DomainError):
    """The place is no longer offered to this person: the time is over, or the offer was answered."""


@dataclass(unsafe_hash=True)
class TooLateToRelease(DomainError):
    """The shift starts so soon that the place stays the person's until somebody takes it: seek cover."""

    shift_id: str
    minutes: int


@dataclass(unsafe_hash=True)
class AlreadySeeking(DomainError):
    """Cover is being sought for this place already."""


@dataclass(unsafe_hash=True)
class CoverOver(DomainError):
    """The search for cover is closed: somebody has taken the place, or it was called back."""


@dataclass(unsafe_hash=True)
class OwnPlace(DomainError):
    """Nobody covers for, swaps with, or relieves themselves."""


@dataclass(unsafe_hash=True)
class SwapOver(DomainError):
    """The swap is closed: answered, withdrawn, or too late."""


@dataclass(unsafe_hash=True)
class SwapBroken(DomainError):
    """One of the two places changed hands, moved or was cancelled since the swap was asked for."""


@dataclass(unsafe_hash=True)
class UndoOver(DomainError):
    """The time for undoing (seconds) is over, or the world has moved on."""

    seconds: int


@dataclass(unsafe_hash=True)
class StandbyOver(DomainError):
    """The call was answered, withdrawn or went on to somebody else, or the day is over."""


@dataclass(unsafe_hash=True)
class AlreadyStandby(DomainError):
    """The person has agreed to be called on that day already."""

    day: date


@dataclass(unsafe_hash=True)
class TooEarlyToCheckIn(DomainError):
    """Checking in opens later."""

    opens: datetime


@dataclass(unsafe_hash=True)
class CheckInOver(DomainError):
    """The shift is over, or the person's attendance is settled: only a coordinator can correct it."""


@dataclass(unsafe_hash=True)
class AlreadyCheckedIn(DomainError):
    """The person has checked in, at that instant."""

    at: datetime


@dataclass(unsafe_hash=True)
class NotCheckedIn(DomainError):
    """Nobody checks out, stays on or hands over without having checked in."""


@dataclass(unsafe_hash=True)
class NobodyRelieves(DomainError):
    """Leaving now would leave the post empty: nobody of the next shift is there yet."""


@dataclass(unsafe_hash=True)
class CodeInvalid(DomainError):
    """The code at the checkpoint was revoked, or belongs to another place."""


@dataclass(unsafe_hash=True)
class SpotUnread(DomainError):
    """What was sent says no place on the map."""


@dataclass(unsafe_hash=True)
class NothingCorrected(DomainError):
    """The attendance says this already, or cannot be settled before the shift has begun."""


@dataclass(unsafe_hash=True)
class HandoverOver(DomainError):
    """The handover was accepted already."""


@dataclass(unsafe_hash=True)
class NoteInvalid(DomainError):
    """A handover is empty, or its note or kit count is beyond what it can hold."""

    longest: int
    most_kit: int


@dataclass(unsafe_hash=True)
class TextTooLong(DomainError):
    """What was written is longer than so many characters."""

    longest: int


@dataclass(unsafe_hash=True)
class RuleInvalid(DomainError):
    """A rule of recurrence cannot be read, or names no day at all."""


@dataclass(unsafe_hash=True)
class SeriesOver(DomainError):
    """The series has ended."""


@dataclass(unsafe_hash=True)
class NotInSeries(DomainError):
    """The series has no shift on that day."""

    day: date


@dataclass(unsafe_hash=True)
class AlreadyCommitted(DomainError):
    """The person has this place of the series already, or one at the same time."""


@dataclass(unsafe_hash=True)
class CommitmentOver(DomainError):
    """The commitment has ended."""


@dataclass(unsafe_hash=True)
class PeriodInvalid(DomainError):
    """The last day lies before the first, or the whole period in the past."""
