"""What shall be different about a shift: the whole line of /changeshift, and what is typed into its form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.when.errors import NotUnderstood
from bot.domain.when.parse import ShiftDraft, parse_shift_line

_ARROW = re.compile(r"\s*(?:->|=>|→|⇒|改到|改成|改为|換成|换成)\s*")
_NOTE = re.compile(r"(?:^|\s)(?:note|备注)\s*[:：]\s*(?P<note>.*)$", re.IGNORECASE | re.DOTALL)
NO_NOTE = "-"  # as a note: there shall be none


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSaid:
    """What is to become of a shift: whatever `said` names, and the note; None: it stays as it is."""

    said: ShiftDraft
    note: str | None = None


def split_change(text: str) -> tuple[str, str]:
    """Return what stands before and behind the arrow of `East Gate tomorrow 8-12 -> 9-13`; without one, all before."""
    before, *behind = _ARROW.split(text, maxsplit=1)
    return before.strip(), behind[0].strip() if behind else ""


def parse_change(text: str, *, now: datetime, zone: ZoneInfo, checkpoints: Sequence[str]) -> ChangeSaid:
    """Read `South Gate Fri 9-13 x3 note: bring gloves`, in which every part may be missing, but not all.

    Raises what `parse_shift_line` raises, and NotUnderstood for several days or hours.
    """
    found = _NOTE.search(text)
    words = text[: found.start()] if found else text
    said = parse_shift_line(words, now=now, zone=zone, checkpoints=checkpoints)
    if len(said.days) > 1:
        raise NotUnderstood(words.strip(), "day")
    if len(said.hours) > 1 or not (found or words.strip()):
        raise NotUnderstood(words.strip(), "hours")
    if not found:
        return ChangeSaid(said=said)
    note = found["note"].strip()
    return ChangeSaid(said=said, note="" if note == NO_NOTE else note)
