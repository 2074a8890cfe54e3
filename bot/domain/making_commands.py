"""What coordinators ask of the bot about shifts that come again, and about shifts that are to be different."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.ids import CheckpointId, CommunityId, SeriesId, ShiftId


@dataclass(frozen=True, slots=True)
class NewSeries(Command):
    """Begin the form for shifts that come again, at a checkpoint if one is given."""

    checkpoint_id: CheckpointId | str = ""


@dataclass(frozen=True, slots=True)
class SeriesList(Command):
    """The series of my communities."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OneSeries(Command):
    """One series: its rule, what it has made, the days it leaves out."""

    series_id: SeriesId


@dataclass(frozen=True, slots=True)
class UndoSeries(Command):
    """Take back the series just begun, with its shifts."""

    series_id: SeriesId


@dataclass(frozen=True, slots=True)
class EndSeries(Command):
    """Make no more shifts; with `off` call off those that were made. `sure` once the question was answered."""

    series_id: SeriesId
    off: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class RestoreDay(Command):
    """Let a day (ISO) that a series leaves out take place after all."""

    series_id: SeriesId
    day: str


@dataclass(frozen=True, slots=True)
class CallOffDay(Command):
    """Begin the form that calls a whole day off, at a checkpoint if one is given."""

    checkpoint_id: CheckpointId | str = ""


@dataclass(frozen=True, slots=True)
class ChangeShift(Command):
    """Begin (or go on with) the form that changes a shift."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class UndoEdit(Command):
    """Take back the change just made; `at` tells which one, in seconds."""

    shift_id: ShiftId
    at: int


@dataclass(frozen=True, slots=True)
class AskAgain(Command):
    """Ask those on a changed shift who have not answered once more."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class ChangeSeries(Command):
    """Begin the form that changes a series, from a local day (ISO) on; without one, all that is still to come."""

    series_id: SeriesId
    day: str = ""


@dataclass(frozen=True, slots=True)
class CopyWeek(Command):
    """Copy the week from one local Monday (ISO) into another; whatever is empty is asked. `sure` after the preview."""

    community_id: CommunityId | str = ""
    monday: str = ""
    to: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ReopenShift(Command):
    """Let a cancelled shift take place after all, with nobody on it."""

    shift_id: ShiftId


@dataclass(frozen=True, slots=True)
class PlanTemplate(Command):
    """A file to fill in for importing a plan; `kind` is csv or xlsx."""

    kind: str


MAKING: tuple[type[Command], ...] = (
    NewSeries, SeriesList, OneSeries, UndoSeries, EndSeries, RestoreDay, CallOffDay,
    ChangeShift, UndoEdit, AskAgain, ChangeSeries, CopyWeek, ReopenShift, PlanTemplate,
)  # fmt: skip
