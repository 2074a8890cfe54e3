"""Buttons about the morning brief and about people who cannot be written to (see `bot.domain.wish_commands`)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command


@dataclass(frozen=True, slots=True)
class BriefTimes(Command):
    """When do I get the brief?"""


@dataclass(frozen=True, slots=True)
class SetBrief(Command):
    """From now on at that local time ('07:30'; empty: never)."""

    at: str = ""


@dataclass(frozen=True, slots=True)
class ReachLink(Command):
    """A link and a picture of it for people who have to press Start first."""
