"""What has happened. Past tense; facts only; each goes into the log in the commit that made it true."""

from __future__ import annotations

from dataclasses import dataclass, fields

from bot.domain.ids import BatchId, CheckpointId, CommunityId, PersonId, ShiftId

Fact = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened in a community, done by a person (None: by the bot itself)."""

    community_id: CommunityId
    actor: PersonId | None

    def facts(self) -> dict[str, Fact]:
        """Return the event's own facts by name, without community and actor."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("community_id", "actor")}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityFounded(Event):
    """The bot came into a group."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySetUp(Event):
    """Language, zone or coordinators were settled."""

    language: str
    zone: str
    ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTroubled(Event):
    """Cards cannot be shown in a community's group any more; `trouble` says why (`bot.domain.groups`)."""

    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRestored(Event):
    """Cards can be shown in a community's group again; `trouble` was what is over."""

    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAgreed(Event):
    """The community agreed on a rule: its key, what it was and what it is; `timed`: what falls due depends on it."""

    key: str
    before: str
    after: str
    timed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YouthNoted(Event):
    """A coordinator noted that somebody is under 18, or (`young` False) no longer."""

    person_id: PersonId
    young: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointMade(Event):
    """A checkpoint was opened."""

    checkpoint_id: CheckpointId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Event):
    """A coordinator added somebody by name."""

    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Event):
    """Somebody was given a role."""

    person_id: PersonId
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWithdrawn(Event):
    """A role was taken from somebody."""

    person_id: PersonId
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnShift(Event):
    """Something happened to one shift."""

    shift_id: ShiftId
    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftMade(OnShift):
    """A shift was made, as part of a batch that can be undone together."""

    batch_id: BatchId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftUnmade(OnShift):
    """A shift was taken back within the time for undoing."""

    batch_id: BatchId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCalledOff(OnShift):
    """A shift was cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPerson(OnShift):
    """Something happened between a person and a shift."""

    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftClaimed(OnPerson):
    """The person took a place by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftReleased(OnPerson):
    """The person gave the place back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestsReleased(OnPerson):
    """So many people whom the person brought to the shift have no place in it any more."""

    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistJoined(OnPerson):
    """The person waits for a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitMoved(OnPerson):
    """The shift for which the person waits has another time or place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMoved(OnPerson):
    """The shift of which a place is offered to the person has another time or place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBack(OnPerson):
    """The shift that was cancelled under the person takes place after all; they are not on it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistLeft(OnPerson):
    """The person waits no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAssigned(OnPerson):
    """A coordinator put the person on the shift; `reason` is why, where the community's rules spoke against it."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved(OnPerson):
    """A coordinator took the person off the shift, perhaps for a reason."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentCancelled(OnPerson):
    """The person's shift was cancelled; `waiting` if they only waited for it. `reason` may be empty."""

    waiting: bool
    reason: str = ""
