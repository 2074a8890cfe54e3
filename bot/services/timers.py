"""Does what has fallen due: looks at the world again, acts once, records what came too late.

A timer's end and whatever it causes stand in one commit: killed at any moment, it is either still to be done or done.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bot.domain.gaps import next_look
from bot.domain.policies import (
    ASK_COMING,
    BRIEF,
    CHECK_IN_OPENS,
    CLAIMS_OPEN,
    CLOSE_LINE,
    CLOSE_SHIFT,
    CONFIRM_AGAIN,
    COVER_SEARCH,
    GENERATE,
    INCIDENT_SILENT,
    INCIDENT_STEP,
    INCIDENT_STILL,
    LOOK_WHO_IS_MISSING,
    NUDGE_OUT,
    OFFER_ANSWER,
    POLICIES,
    REPLAN,
    SHIFT_REMINDER,
    SKILLS_END,
    STANDBY_ANSWER,
    STATEMENT,
    SWAP_ANSWER,
    UNFILLED,
    UPKEEP,
)
from bot.domain.timers import (
    Timer,
    TimerState,
    ended,
    is_due,
    nightly_timers,
    too_late,
)
from bot.ports.store import StoreFailed
from bot.services import calls, ladder
from bot.services.briefs import send_brief
from bot.services.confirmations import ask_once_more
from bot.services.desk import Desk, Work
from bot.services.exchanges import swap_too_late
from bot.services.gaps import look_for_gaps
from bot.services.generation import generate_ahead
from bot.services.openings import show_open
from bot.services.reminders import ask_coming, remind
from bot.services.searches import search_on
from bot.services.skills import warn_of_ends
from bot.services.standby_calls import standby_unanswered
from bot.services.statements import send_statements
from bot.services.timetable import plan
from bot.services.upkeep import replan, upkeep
from bot.services.waitlists import answer_missing, close_lines

_LOG = logging.getLogger(__name__)

Action = Callable[[Work, Sequence[Timer]], Awaitable[Sequence[Timer]]]
"""Acts on timers of one kind (several only where the kind is merged) and returns them as they stand afterwards:
ended, or going on later (`again`). It looks at the world first, for it may have moved on since they were planned."""

ACTIONS: dict[str, Action] = {
    SHIFT_REMINDER: remind,
    ASK_COMING: ask_coming,
    CHECK_IN_OPENS: ladder.open_check_in,
    LOOK_WHO_IS_MISSING: ladder.look_who_is_missing,
    NUDGE_OUT: ladder.nudge_out,
    CLOSE_SHIFT: ladder.close_shift,
    CONFIRM_AGAIN: ask_once_more,
    INCIDENT_STEP: calls.call_on,
    INCIDENT_STILL: calls.ask_whether_still,
    INCIDENT_SILENT: calls.close_silent,
    CLOSE_LINE: close_lines,
    CLAIMS_OPEN: show_open,
    OFFER_ANSWER: answer_missing,
    COVER_SEARCH: search_on,
    SWAP_ANSWER: swap_too_late,
    STANDBY_ANSWER: standby_unanswered,
    REPLAN: replan,
    UPKEEP: upkeep,
    UNFILLED: look_for_gaps,
    BRIEF: send_brief,
    GENERATE: generate_ahead,
    STATEMENT: send_statements,
    SKILLS_END: warn_of_ends,
}

AT_ONCE = 32  # timers that share a wait for the disk; each has a transaction of its own
TOGETHER = 20  # timers in one message; its text has room for them


class Timers:
    """The use cases of time passing."""

    def __init__(self, desk: Desk, actions: Mapping[str, Action] = ACTIONS) -> None:
        self._desk = desk
        self._actions = actions

    async def next_due(self) -> datetime | None:
        """Return when the next timer falls due; it may lie in the past."""
        async with self._desk.reading() as view:
            return await view.tx.timers.next_due()

    async def plan_nightly(self) -> None:
        """See that every community's next night work is planned, by its own clocks, and its first look for gaps."""
        async with self._desk.work() as work:
            for community in await work.tx.communities.all_ready():
                await plan(work.tx, nightly_timers(community.id, community.tz, work.now), work.now)
                look = next_look(community.id, work.now)
                if await work.tx.timers.get(look.id) is None:  # from then on it goes on by itself
                    await work.plan(look)

    async def fire(self) -> None:
        """Do everything that is due. Raises StoreFailed; a timer that cannot be done is marked as failed."""
        while due := await self._due():
            ends = await asyncio.gather(*(self._fire(timer.id) for timer in due), return_exceptions=True)
            for timer, error in zip(due, ends, strict=True):
                if isinstance(error, StoreFailed):
                    raise error
                if error is not None:  # a fault of ours in this timer is no reason to keep the others waiting
                    _LOG.error("timer %s could not be done", timer.id, exc_info=error)
                    await self._give_up(timer.id, type(error).__name__)

    async def _due(self) -> list[Timer]:
        async with self._desk.reading() as view:
            return await view.tx.timers.due(view.now, AT_ONCE)

    async def _fire(self, id_: str) -> None:
        async with self._desk.work() as work:
            timer = await work.tx.timers.get(id_)
            if timer is None or not is_due(timer, work.now):
                return  # done meanwhile, together with another
            timers = await _together(work, timer)
            missed = [ended(t, TimerState.MISSED, work.now, "too late") for t in timers if too_late(t, work.now)]
            useful = [t for t in timers if not too_late(t, work.now)]
            after = await self._actions[timer.kind](work, useful) if useful else ()
            for row in (*missed, *after):
                await work.tx.timers.save(row)
            if missed:
                _LOG.warning("%d timers of kind %s came too late", len(missed), timer.kind)

    async def _give_up(self, id_: str, reason: str) -> None:
        async with self._desk.work() as work:
            timer = await work.tx.timers.get(id_)
            if timer is not None and timer.state is TimerState.PENDING:
                await work.tx.timers.save(ended(timer, TimerState.FAILED, work.now, reason))


async def _together(work: Work, timer: Timer) -> list[Timer]:
    """Return the timer with all that are due, too, and belong into the same message."""
    if timer.person_id is None or not POLICIES[timer.kind].merged:
        return [timer]
    others = await work.tx.timers.of_person(timer.person_id, work.now, TOGETHER)
    alike = [t for t in others if (t.kind, t.community_id) == (timer.kind, timer.community_id) and t.id != timer.id]
    return [timer, *alike][:TOGETHER]
