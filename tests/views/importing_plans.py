"""What the bot says when a plan is imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import escape

from bot.domain.copy_outcomes import CopiedShift
from bot.domain.plan_outcomes import PlanCheck
from bot.domain.plans import BadCell
from bot.ports.message import Message
from bot.views import importing
from tests.views.cast import BATCH, ZONE, Cast, Scene, slot

EXPECTED = ("day", "past", "far", "hours", "long", "place", "number", "order", "double")


def _check(cast: Cast, shifts: int, *, step: str = "preview") -> PlanCheck:
    first = slot(cast)
    made = tuple(
        CopiedShift(place=cast.place, start=first.start + timedelta(days=n), end=first.end + timedelta(days=n))
        for n in range(shifts)
    )
    return PlanCheck(step=step, zone=ZONE, shifts=made, batch_id=BATCH, places=(cast.place, cast.community))


def _bad(cast: Cast, cells: int) -> PlanCheck:
    columns = ("day", "start", "place", "needed", "capacity", "hours", "note", "end")
    bad = tuple(
        BadCell(n + 2, columns[n % len(columns)], cast.place, EXPECTED[n % len(EXPECTED)]) for n in range(cells)
    )
    return replace(_check(cast, 0), bad=bad)


IMPORTING: dict[str, Scene] = {
    "importing a plan": lambda t, _: importing.asked(t),
    "the template for a plan": lambda t, c: Message(
        importing.template_caption(t) + "\n" + escape(f"{importing.head(t)}\n{importing.examples(t, c.place)}")
    ),
    "a plan without fault": lambda t, c: importing.checked(t, replace(_check(c, 20), existing=2)),
    "a plan that exists already": lambda t, c: importing.checked(t, replace(_check(c, 0), existing=2)),
    "a plan with bad rows": lambda t, c: importing.checked(t, _bad(c, 18)),
    "everything wrong with a plan": lambda t, c: Message(
        importing.bad_caption(t) + "\n" + escape("\n".join(map(str, importing.bad_rows(t, _bad(c, 2)))))
    ),
    "a plan without columns": lambda t, c: importing.checked(
        t, replace(_check(c, 0), missing=("day", "hours", "place", "capacity"))
    ),
    "a plan was imported": lambda t, c: importing.checked(t, _check(c, 3, step="done")),
}
