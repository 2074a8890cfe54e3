"""What the bot says when a week is copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.copy_outcomes import CopiedShift, WeekCopy
from bot.domain.ids import CommunityId
from bot.domain.outcomes import Standing
from bot.views import copying
from tests.views.cast import BATCH, COMMUNITY, TODAY, ZONE, Cast, Scene, slot

MONDAY = TODAY - timedelta(days=TODAY.weekday())


def _copy(cast: Cast, step: str, shifts: int = 0) -> WeekCopy:
    first = slot(cast)
    made = tuple(
        CopiedShift(place=cast.place, start=first.start + timedelta(days=n), end=first.end + timedelta(days=n))
        for n in range(shifts)
    )
    return WeekCopy(
        step=step,
        community_id=COMMUNITY,
        zone=ZONE,
        this=MONDAY,
        monday=None if step == "week" else MONDAY,
        to=MONDAY + timedelta(days=7) if step in ("preview", "done") else None,
        shifts=made,
        batch_id=BATCH,
    )


COPYING: dict[str, Scene] = {
    "copying a week, where": lambda t, c: copying.copying(
        t,
        WeekCopy(
            step="community", communities=(Standing(community_id=CommunityId("c1"), community=c.community, roles=()),)
        ),
    ),
    "copying a week, which": lambda t, c: copying.copying(t, _copy(c, "week")),
    "copying a week, into which": lambda t, c: copying.copying(t, _copy(c, "to")),
    "copying a week, preview": lambda t, c: copying.copying(t, replace(_copy(c, "preview", 20), series=14, existing=3)),
    "copying a week, nothing": lambda t, c: copying.copying(t, replace(_copy(c, "preview"), existing=1, series=1)),
    "a week was copied": lambda t, c: copying.copying(t, _copy(c, "done", 5)),
}
