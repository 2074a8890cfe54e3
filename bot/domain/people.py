"""People and what they are in a community."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import NameInvalid, PhoneInvalid
from bot.domain.ids import CommunityId, PersonId, TeamId
from bot.domain.wishes import Wishes

LONGEST_NAME = 200  # characters; what Telegram allows for first and last name together is below this


class Role(StrEnum):
    """What a person may be in a community; permissions hang on these."""

    OWNER = "owner"
    COORDINATOR = "coordinator"
    SHIFT_LEAD = "shift_lead"
    VOLUNTEER = "volunteer"
    LIAISON = "liaison"
    RESIDENT = "resident"
    VIEWER = "viewer"


class Reach(StrEnum):
    """Whether the bot may write to a person in private."""

    UNKNOWN = "unknown"  # never pressed Start, as far as we know
    OPEN = "open"
    BLOCKED = "blocked"
    GONE = "gone"  # the account was deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, with a Telegram account or (account None) added by name.

    `language` is what the person chose; `heard_language` is the tag their Telegram reports.
    A person added by name belongs to the community in `added_to`. `statements`: they are sent their hours every month;
    `wishes` say when they want to be reminded, `brief` at what local time they get their morning brief (empty: never),
    should they coordinate.
    """

    id: PersonId
    name: str
    account: int | None = None
    language: str | None = None
    heard_language: str | None = None
    phone: str | None = None
    reach: Reach = Reach.UNKNOWN
    added_to: CommunityId | None = None
    statements: bool = True
    wishes: Wishes = field(default_factory=Wishes)
    brief: str = "07:30"
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A person's standing in one community. `id` is '<community>:<person>'; `left_at` is set when they left.

    `teams` are those the person belongs to. `adult_on` is the day somebody under 18 comes of age, None for adults:
    nobody's birthday is kept. `willing` says whether they may be asked to cover, `last_asked` when they last were.
    """

    id: str
    community_id: CommunityId
    person_id: PersonId
    roles: tuple[Role, ...] = (Role.VOLUNTEER,)
    joined_at: datetime
    left_at: datetime | None = None
    teams: tuple[TeamId, ...] = ()
    adult_on: date | None = None
    willing: bool = True
    last_asked: datetime | None = None
    version: int = 0

    def has(self, role: Role) -> bool:
        """Say whether the person holds this role and has not left."""
        return self.left_at is None and role in self.roles


def membership_id(community_id: CommunityId, person_id: PersonId) -> str:
    """Return the key of one person's membership in one community."""
    return f"{community_id}:{person_id}"


def join(community_id: CommunityId, person_id: PersonId, *roles: Role, now: datetime) -> Membership:
    """Make a new membership; without roles the person is a volunteer."""
    return Membership(
        id=membership_id(community_id, person_id),
        community_id=community_id,
        person_id=person_id,
        roles=roles or (Role.VOLUNTEER,),
        joined_at=now,
    )


def with_role(membership: Membership, role: Role) -> Membership:
    """Return the membership with one more role, and present again if the person had left."""
    roles = membership.roles if role in membership.roles else (*membership.roles, role)
    return replace(membership, roles=roles, left_at=None)


def without_role(membership: Membership, role: Role) -> Membership:
    """Return the membership without that role."""
    return replace(membership, roles=tuple(r for r in membership.roles if r != role))


def clean_name(text: str, *, longest: int = LONGEST_NAME) -> str:
    """Return a name fit for storing: outer and repeated blanks removed, kept otherwise as typed.

    Raises NameInvalid when nothing readable is left or more than `longest` characters are.
    """
    name = " ".join(text.split())
    if not any(c.isprintable() and not c.isspace() for c in name) or len(name) > longest:
        raise NameInvalid(longest)
    return name


def clean_phone(text: str) -> str:
    """Return a telephone number as typed, trimmed. Raises PhoneInvalid."""
    phone = " ".join(text.split())
    if not re.fullmatch(r"\+?[\d\s()/-]{5,24}", phone) or not 5 <= sum(c.isdigit() for c in phone) <= 20:
        raise PhoneInvalid(phone[:40])
    return phone
