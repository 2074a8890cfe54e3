"""Checkpoints: the places that are staffed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import NameTaken
from bot.domain.ids import CheckpointId, CommunityId
from bot.domain.life_errors import TextTooLong
from bot.domain.people import clean_name

LONGEST_CHECKPOINT_NAME = 60  # characters; it stands on buttons and cards
LONGEST_WORDS = {"instructions": 1500, "contacts": 500}  # characters; both are shown in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A post of one community. `open` is False once it was closed; `turn` keeps the order of making.

    `instructions` and `contacts` are shown at check-in. `latitude` and `longitude` (degrees) and `radius` (metres) say
    where a person who checks in should be; None where the place does not matter.
    """

    id: CheckpointId
    community_id: CommunityId
    name: str
    open: bool = True
    turn: int = 0
    instructions: str = ""
    contacts: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius: int = 200
    version: int = 0


def folded(name: str) -> str:
    """Return the name as it is compared: width, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def new_checkpoint(
    id_: CheckpointId, community_id: CommunityId, name: str, *, existing: Sequence[Checkpoint], turn: int
) -> Checkpoint:
    """Make a checkpoint. Raises NameInvalid, or NameTaken if an open one bears the name."""
    name = clean_name(name, longest=LONGEST_CHECKPOINT_NAME)
    if any(c.open and folded(c.name) == folded(name) for c in existing):
        raise NameTaken(name)
    return Checkpoint(id=id_, community_id=community_id, name=name, turn=turn)


def described(checkpoint: Checkpoint, what: str, text: str) -> Checkpoint:
    """Return the checkpoint with other instructions or contacts, as `what` says. Raises TextTooLong."""
    text, longest = text.strip(), LONGEST_WORDS[what]
    if len(text) > longest:
        raise TextTooLong(longest)
    return replace(checkpoint, instructions=text) if what == "instructions" else replace(checkpoint, contacts=text)
