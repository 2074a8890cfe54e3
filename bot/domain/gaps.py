"""Shifts that still need people: when a group is asked to fill them, in one message a day that is kept true.

The message is a live card like any other. Its `checkpoint_id` is the community's id, its day the local day on which it
was posted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.cards import Card
from bot.domain.communities import Community
from bot.domain.days import local_day
from bot.domain.ids import CheckpointId, CommunityId
from bot.domain.policies import UNFILLED
from bot.domain.quiet import before_the_night
from bot.domain.shifts import Shift
from bot.domain.terms import agreed_night
from bot.domain.timers import Timer, new_timer

RUNGS = (timedelta(hours=72), timedelta(hours=24), timedelta(hours=12), timedelta(hours=3))
"""So long before its start the group is asked for people, if a shift is short of them."""

EVERY = timedelta(minutes=30)  # how often is looked
LIVES = RUNGS[0] + timedelta(hours=18)  # a message asks for people for shifts that begin in so long: a night more
_KEPT_DAYS = LIVES.days + 2  # local days that it may touch


def gaps_of(community_id: CommunityId) -> CheckpointId:
    """Return what stands in the place of a checkpoint in the card that asks for people."""
    return CheckpointId(community_id)


def asks_for_people(card: Card) -> bool:
    """Say whether the card asks for people everywhere, rather than showing a checkpoint's day."""
    return card.checkpoint_id == gaps_of(card.community_id)


def kept_days(today: date) -> list[date]:
    """Return the days whose messages may still have to be kept true, the newest first."""
    return [today - timedelta(days=n) for n in range(_KEPT_DAYS)]


def called_on(shift: Shift, community: Community, now: datetime) -> date | None:
    """Return the local day on which people were last to be asked for the shift, None if that was never yet.

    Nobody is asked in quiet hours: what would fall into them, falls due before. Shifts that were made only since then
    have just been shown to the group.
    """
    night = agreed_night(community.rules)
    instants = [before_the_night(shift.start - rung, community.tz, night) for rung in RUNGS]
    called = [at for at in instants if shift.made_at < at <= now]
    return local_day(max(called), community.tz) if called else None


def is_to_ask(called: Iterable[date | None], asked: date | None) -> bool:
    """Say whether a new message is due: somebody was to be asked on a later day than that of the newest message."""
    days = [day for day in called if day is not None]
    return bool(days) and (asked is None or max(days) > asked)


def next_look(community_id: CommunityId, now: datetime) -> Timer:
    """Return the timer of a community's next look for shifts that need people."""
    return new_timer(UNFILLED, community_id, community_id, look_after(now))


def look_after(now: datetime) -> datetime:
    """Return the next full or half hour of the clock, after that instant."""
    seconds = int(EVERY.total_seconds())
    return now.replace(microsecond=0) + timedelta(seconds=seconds - int(now.timestamp()) % seconds)
