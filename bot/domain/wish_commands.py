"""What buttons ask for about one's own reminders, and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.brief_commands import BriefTimes, ReachLink, SetBrief
from bot.domain.commands import Command


@dataclass(frozen=True, slots=True)
class MyReminders(Command):
    """What I am reminded of, and when; `choose` (when, quiet, zone): what it could be instead."""

    choose: str = ""


@dataclass(frozen=True, slots=True)
class SetWish(Command):
    """From now on I want it so: `key` is when, quiet or zone (see `bot.domain.wishing`)."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerReminder(Command):
    """I come to a shift this notice asked about (empty: to all of them), or cannot; `sure`: asked once more."""

    notice_id: str
    shift_id: str = ""
    coming: bool = True
    sure: bool = False


WISH_COMMANDS: tuple[type[Command], ...] = (
    MyReminders, SetWish, AnswerReminder,
    BriefTimes, SetBrief, ReachLink,
)  # fmt: skip
