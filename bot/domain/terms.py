"""What holds for one person's reminders in one community: what they wish, else what is agreed there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.communities import Community
from bot.domain.ladder import rungs_of
from bot.domain.people import Person
from bot.domain.quiet import Night
from bot.domain.rules import ShiftRules
from bot.domain.rungs import Step
from bot.domain.wishes import Terms, Wishes, night_of


def terms_of(community: Community, person: Person | None) -> Terms:
    """Return how a person is reminded of the community's shifts."""
    wishes = person.wishes if person is not None else Wishes()
    rules = community.rules
    return Terms(
        zone=ZoneInfo(wishes.zone) if wishes.zone else community.tz,
        moments=rules.remind if wishes.moments is None else wishes.moments,
        only_first=wishes.only_first,
        asks=tuple((rung.key, -rung.after) for rung in rungs_of(rules) if rung.step is Step.ASK),
        night=agreed_night(rules) if wishes.quiet is None else night_of(wishes.quiet),
    )


def agreed_night(rules: ShiftRules) -> Night | None:
    """Return the community's quiet hours, or None if it has none."""
    return None if rules.quiet_from is None else (rules.quiet_from, rules.quiet_until)
