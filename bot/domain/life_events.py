"""What happens to places before the day, beyond claiming (`bot.domain.events`): past tense, facts only.

Times are not repeated here: whoever tells somebody looks them up, for the world may have moved on.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.events import Event, OnPerson, OnShift
from bot.domain.ids import CheckpointId, CommitmentId, PersonId, SearchId, SeriesId, ShiftId, SwapId


# Shifts that change, and their series
@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftChanged(OnShift):
    """A shift was changed; `what` is time, checkpoint, places, note or several of them, with blanks."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftReopened(OnShift):
    """A cancelled shift takes place after all; nobody is on it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationAsked(OnPerson):
    """The person's shift was changed under them: they are asked to confirm or to release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceConfirmed(OnPerson):
    """The person said that they are coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(OnPerson):
    """A coordinator gave the person another role on their shift; `role` is its key."""

    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSeries(Event):
    """Something happened to a series."""

    series_id: SeriesId
    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesMade(OnSeries):
    """A series was begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChanged(OnSeries):
    """A series was changed from a local day on (ISO)."""

    from_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEnded(OnSeries):
    """A series makes no more shifts from a local day on (ISO)."""

    from_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySkipped(OnSeries):
    """A series was told to leave a local day (ISO) out."""

    day: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRestored(OnSeries):
    """A day that was to be left out is back."""

    day: str


# Standing commitments and guests
@dataclass(frozen=True, slots=True, kw_only=True)
class OnCommitment(OnSeries):
    """Something happened to a standing commitment."""

    commitment_id: CommitmentId
    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentMade(OnCommitment):
    """The person took a place in every shift of a kind, until further notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentPaused(OnCommitment):
    """The person does not come from one local day to another (ISO, both included)."""

    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentEnded(OnCommitment):
    """The commitment makes no more claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePreclaimed(OnPerson):
    """A commitment took the place in a shift that was generated."""

    commitment_id: CommitmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class PreclaimFailed(OnPerson):
    """A commitment could not take its place in a shift; `why` is the refusal's name."""

    commitment_id: CommitmentId
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestClaimed(OnPerson):
    """The actor took a place for somebody without Telegram."""


# Places that fall free
@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOffered(OnPerson):
    """A place fell free and is offered to the person, first in line; it counts as taken until they answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAccepted(OnPerson):
    """The person took the offered place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPassed(OnPerson):
    """The person does not want the offered place, and waits no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferExpired(OnPerson):
    """The person did not answer in time, and waits no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferWithdrawn(OnPerson):
    """The offered place is gone (fewer places, a coordinator's word); the person waits as before."""


# Cover, swap, standby
@dataclass(frozen=True, slots=True, kw_only=True)
class OnSearch(OnPerson):
    """Something happened in a search for cover; `person_id` holds the place until somebody takes it."""

    search_id: SearchId


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSought(OnSearch):
    """The person cannot come, and looks for somebody to take the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAsked(OnSearch):
    """Somebody who is free was asked to cover."""

    asked_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverWithdrawn(OnSearch):
    """The person comes after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAgreed(OnSearch):
    """Somebody will cover if a coordinator approves."""

    cover_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRefused(OnSearch):
    """A coordinator did not approve; the search goes on."""

    cover_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverTaken(OnSearch):
    """Somebody has taken the place."""

    cover_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverUndone(OnSearch):
    """Whoever took the place gave it back within the time for undoing."""

    cover_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverFailed(OnSearch):
    """The shift began and nobody had taken the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSwap(Event):
    """Something happened to a swap: `person_id` asked, `other_id` was asked; each has a shift to give."""

    swap_id: SwapId
    person_id: PersonId
    other_id: PersonId
    shift_id: ShiftId
    other_shift_id: ShiftId


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapAsked(OnSwap):
    """Somebody proposed to swap two places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapWithdrawn(OnSwap):
    """Whoever asked no longer wants it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapDeclined(OnSwap):
    """The other does not want to swap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapAgreed(OnSwap):
    """Both want it; a coordinator has to approve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapRefused(OnSwap):
    """A coordinator did not approve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapDone(OnSwap):
    """The two places changed hands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapUndone(OnSwap):
    """The two places changed back within the time for undoing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapExpired(OnSwap):
    """Nobody answered before it became pointless, or one of the places is no longer what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyAgreed(Event):
    """The person may be called on a local day (ISO)."""

    person_id: PersonId
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyWithdrawn(Event):
    """The person cannot be called on that day after all."""

    person_id: PersonId
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyCalled(OnPerson):
    """The person is asked to come to a shift that lacks somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyCame(OnPerson):
    """Whoever was called is coming, and holds a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandbyPassed(OnPerson):
    """Whoever was called cannot come, or did not answer in time (`silent`)."""

    silent: bool
