"""Importing a plan: a file's rows are checked, shown, and made in one go, or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.batches import made_event
from bot.domain.copy_outcomes import CopiedShift
from bot.domain.drafts import open_draft
from bot.domain.errors import DraftGone, NothingToMake
from bot.domain.ids import BatchId, CheckpointId, CommunityId, ShiftId
from bot.domain.outcomes import PlaceChoice
from bot.domain.plan_outcomes import PlanCheck
from bot.domain.plans import PlanLine, columns_of, read_plan
from bot.domain.shifts import Shift, ShiftState
from bot.services.desk import Desk, Work
from bot.services.generation import keep
from bot.services.people import Actor
from bot.services.planning import choices_of, current

DIALOG = "import"
PREVIEW = "preview"


class Importing:
    """Use cases of importing. Every one raises NotAllowed and NotSetUp."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def places(self, actor: Actor) -> list[PlaceChoice]:
        """Return the checkpoints that a plan may name."""
        async with self._desk.reading() as view:
            return await choices_of(view, actor)

    async def check(self, actor: Actor, rows: Sequence[Sequence[str]]) -> PlanCheck:
        """Say what the rows would make, or every cell that cannot be read; a plan without fault can be confirmed."""
        async with self._desk.work() as work:
            choices = _of_one_community(rows, await choices_of(work, actor))
            names = tuple(c.name for c in choices)
            if not choices:
                return PlanCheck(step=PREVIEW, missing=("place",))
            community = await work.tx.communities.one(choices[0].community_id)
            known = {c.name: c.checkpoint_id for c in choices}
            plan = read_plan(rows, known, now=work.now, zone=community.tz)
            if plan.missing or plan.bad:
                return PlanCheck(step=PREVIEW, bad=plan.bad, missing=plan.missing, places=names)
            fresh = await _fresh(work, plan.lines)
            old = await work.tx.drafts.get(actor.person_id)
            draft = open_draft(actor.person_id, DIALOG, PREVIEW, community.id, now=work.now, lines=_packed(plan.lines))
            await work.tx.drafts.save(replace(draft, version=old.version if old else 0))
            return await _outcome(work, community.zone, PREVIEW, fresh, len(plan.lines))

    async def show(self, actor: Actor) -> PlanCheck:
        """Return the preview of the plan that was checked last. Raises DraftGone."""
        async with self._desk.reading() as view:
            draft = await current(view, actor, DIALOG)
            lines = _unpacked(draft.text("lines"))
            community = await view.tx.communities.one(draft.community_id)
            return await _outcome(view, community.zone, PREVIEW, await _fresh(view, lines), len(lines))

    async def make(self, actor: Actor, cause: str) -> PlanCheck:
        """Make the shifts of the plan that was checked last, all or none. Raises DraftGone, NothingToMake."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(PlanCheck):
                return done
            draft = await current(work, actor, DIALOG)
            lines = _unpacked(draft.text("lines"))
            allowed = {c.checkpoint_id for c in await choices_of(work, actor)}
            fresh = [line for line in await _fresh(work, lines) if line.checkpoint_id in allowed]
            if not fresh:
                raise NothingToMake
            community = await work.tx.communities.one(draft.community_id)
            batch_id = BatchId(f"{community.id}-{work.ids.fresh()}")
            for line in fresh:
                shift = _shift(work, actor, community.id, batch_id, line)
                await keep(work, shift, community)
                work.happened(made_event(shift, actor.person_id))
            await work.tx.drafts.remove(actor.person_id)
            done_ = await _outcome(work, community.zone, "done", fresh, len(lines))
            return work.done(replace(done_, batch_id=batch_id))


def _of_one_community(rows: Sequence[Sequence[str]], choices: Sequence[PlaceChoice]) -> list[PlaceChoice]:
    """Return the checkpoints of one community: the first that a row names, else the first there is."""
    head = next((row for row in rows if any(row)), [])
    column = columns_of(head).get("place")
    named = [row[column].strip() for row in rows if column is not None and column < len(row)]
    first = next((c for name in named for c in choices if c.name == name), next(iter(choices), None))
    return [c for c in choices if first is not None and c.community_id == first.community_id]


async def _fresh(work: Work, lines: Sequence[PlanLine]) -> list[PlanLine]:
    """Return the lines for which no open shift exists yet, and which have not begun."""
    there: set[tuple[str, datetime, datetime]] = set()
    second = timedelta(seconds=1)
    for place in {line.checkpoint_id for line in lines}:
        starts = [line.start for line in lines if line.checkpoint_id == place]
        shifts = await work.tx.shifts.of_checkpoint(place, min(starts), max(starts) + second)
        there |= {(s.checkpoint_id, s.start, s.end) for s in shifts if s.state is ShiftState.OPEN}
    return [x for x in lines if (x.checkpoint_id, x.start, x.end) not in there and x.start > work.now]


async def _outcome(work: Work, zone: str, step: str, fresh: Sequence[PlanLine], lines: int) -> PlanCheck:
    names = {c: (await work.tx.checkpoints.one(c)).name for c in {line.checkpoint_id for line in fresh}}
    shown = [CopiedShift(place=names[x.checkpoint_id], start=x.start, end=x.end) for x in fresh]
    shown.sort(key=lambda s: (s.start, s.place))
    return PlanCheck(step=step, zone=zone, shifts=tuple(shown), existing=lines - len(fresh))


def _shift(work: Work, actor: Actor, community_id: CommunityId, batch_id: BatchId, line: PlanLine) -> Shift:
    return Shift(
        id=ShiftId(f"{community_id}-{work.ids.fresh()}"),
        community_id=community_id,
        checkpoint_id=line.checkpoint_id,
        start=line.start,
        end=line.end,
        needed=line.needed,
        capacity=line.capacity,
        batch_id=batch_id,
        made_by=actor.person_id,
        made_at=work.now,
        note=line.note,
    )


def _packed(lines: Sequence[PlanLine]) -> str:
    rows = [[x.checkpoint_id, x.start.isoformat(), x.end.isoformat(), x.needed, x.capacity, x.note] for x in lines]
    return json.dumps(rows, ensure_ascii=False)


def _unpacked(text: str) -> list[PlanLine]:
    if not text:
        raise DraftGone
    return [
        PlanLine(CheckpointId(place), datetime.fromisoformat(start), datetime.fromisoformat(end), needed, most, note)
        for place, start, end, needed, most, note in json.loads(text)
    ]
