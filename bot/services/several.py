"""Taking several shifts in one go: marked in a list, taken together, each as if it were claimed alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import shifts
from bot.domain.assignments import Hold
from bot.domain.drafts import Draft, open_draft
from bot.domain.errors import DomainError, DraftGone, NotSetUp, ShiftOverlaps
from bot.domain.ids import CommunityId, ShiftId
from bot.domain.life_errors import UndoOver
from bot.domain.opening import DOUBTS
from bot.domain.permissions import Action, require
from bot.domain.rule_commands import TakeSeveral
from bot.domain.rule_outcomes import Several, SeveralForm
from bot.domain.shifts import Shift
from bot.services.desk import Desk, Work
from bot.services.eligibility import require_fit
from bot.services.lists import paged
from bot.services.openings import possible, why_not
from bot.services.people import Actor, standing, standings
from bot.services.planning import current
from bot.services.shifts import change, free
from bot.services.slots import held_around, slots_of

DIALOG = "several"
PICK, PAGE, TIRED, DONE = "pick", "page", "tired", "done"
MOST = 20  # shifts in one go
UNDO_WITHIN = timedelta(seconds=60)

Whys = dict[ShiftId, DomainError]


class SeveralAtOnce:
    """Use cases of the form. All but `begin` raise DraftGone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, actor: Actor, command: TakeSeveral) -> SeveralForm:
        """Open the list to mark shifts in. Raises NotSetUp."""
        async with self._desk.work() as work:
            where = await standings(work, actor, Action.CLAIM)
            if not where:
                raise NotSetUp
            old = await work.tx.drafts.get(actor.person_id)
            draft = open_draft(
                actor.person_id, DIALOG, PICK, where[0].community_id, now=work.now, place=command.checkpoint_id
            )
            draft = replace(draft, version=old.version if old else 0)
            await work.tx.drafts.save(draft)
            return await _form(work, actor, draft)

    async def fill(self, actor: Actor, step: str, text: str) -> SeveralForm:
        """Mark a shift or take the mark away, or turn the page. Raises ShiftOverlaps beside another that is marked."""
        async with self._desk.work() as work:
            draft = await _marking(work, actor)
            if step == PAGE and text.isascii() and text.isdigit():
                draft = draft.answered(step=PICK, now=work.now, page=int(text[:4]))
            elif step == PICK:
                chosen = await _toggled(work, draft, ShiftId(text))
                draft = draft.answered(step=PICK, now=work.now, chosen=" ".join(chosen))
            else:
                raise DraftGone
            await work.tx.drafts.save(draft)
            return await _form(work, actor, draft)

    async def show(self, actor: Actor) -> SeveralForm:
        """Return the list as it stands."""
        async with self._desk.reading() as view:
            return await _form(view, actor, await _marking(view, actor))

    async def take(self, actor: Actor, cause: str) -> tuple[Several, Whys]:
        """Claim all that is marked, in one commit: what can be had is theirs, the rest is named with the reason.

        What would leave too little rest is asked about; taken once more, it is taken all the same.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Several):
                return done, await _whys(work, actor, done)
            draft = await current(work, actor, DIALOG)
            if draft.step not in (PICK, TIRED) or not _ids(draft, "chosen"):
                raise DraftGone
            taken, whys = await _take(work, actor, draft)
            return work.done(taken), whys

    async def undo(self, actor: Actor, cause: str) -> Several:
        """Give back what was just taken, if a minute has not passed. Raises UndoOver."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Several):
                return done
            draft = await work.tx.drafts.get(actor.person_id)
            got = _ids(draft, "got") if draft is not None and draft.dialog == DIALOG else []
            if draft is None or not got or work.now - datetime.fromisoformat(draft.text("at")) > UNDO_WITHIN:
                raise UndoOver(int(UNDO_WITHIN.total_seconds()))
            back = [shift for id_ in got if (shift := await _given_back(work, actor, id_)) is not None]
            await work.tx.drafts.remove(actor.person_id)
            return work.done(Several(undone=tuple(await slots_of(work, back, actor.person_id))))


async def _marking(work: Work, actor: Actor) -> Draft:
    draft = await current(work, actor, DIALOG)
    if draft.step != PICK:
        raise DraftGone
    return draft


def _ids(draft: Draft, field: str) -> list[ShiftId]:
    return [ShiftId(id_) for id_ in draft.text(field).split()]


async def _toggled(work: Work, draft: Draft, wanted: ShiftId) -> list[ShiftId]:
    chosen = _ids(draft, "chosen")
    if wanted in chosen:
        return [id_ for id_ in chosen if id_ != wanted]
    shift = await work.tx.shifts.one(wanted)
    for other in await _shifts(work, chosen):
        if other.start < shift.end and shift.start < other.end:
            raise ShiftOverlaps(other.id, other.start, other.end)
    return [*chosen, wanted][:MOST]


async def _shifts(work: Work, ids: Sequence[ShiftId]) -> list[Shift]:
    found = [shift for id_ in ids if (shift := await work.tx.shifts.get(id_)) is not None]
    return sorted(found, key=lambda shift: (shift.start, shift.id))


async def _form(work: Work, actor: Actor, draft: Draft) -> SeveralForm:
    """Return a page of what can be taken; what is marked stays marked, whatever became of it."""
    free: list[Shift] = []
    choose = 0
    for where in await standings(work, actor, Action.CLAIM):
        for shift, why in await possible(work, actor, where.community_id, draft.text("place")):
            mine = (await work.tx.assignments.roster(shift.id)).find(actor.person_id)
            if why is not None or mine is not None:
                continue
            if len(shift.roles) > 1:  # which role, only the person can say
                choose += 1
            else:
                free.append(shift)
    chosen = _ids(draft, "chosen")
    shown, page, pages = paged(sorted(free, key=lambda s: (s.start, s.id)), draft.number("page") or 0)
    return SeveralForm(
        slots=tuple(await slots_of(work, shown, actor.person_id)),
        chosen=tuple(await slots_of(work, await _shifts(work, chosen), actor.person_id)),
        page=page,
        pages=pages,
        choose=choose,
    )


async def _take(work: Work, actor: Actor, draft: Draft) -> tuple[Several, Whys]:
    got: list[Shift] = []
    missed: list[Shift] = []
    tired: list[Shift] = []
    whys: Whys = {}
    for shift in await _shifts(work, _ids(draft, "chosen")):
        try:
            await _claim(work, actor, shift, sure=draft.step == TIRED)
        except DOUBTS as doubt:
            whys[shift.id] = doubt
            tired.append(shift)
        except DomainError as why:
            whys[shift.id] = why
            missed.append(shift)
        else:
            got.append(shift)
    mine = [*_ids(draft, "got"), *(shift.id for shift in got)]
    after = draft.answered(
        step=TIRED if tired else DONE,
        now=work.now,
        chosen=" ".join(shift.id for shift in tired),
        got=" ".join(mine),
        at=work.now.isoformat(),
    )
    await work.tx.drafts.save(after if tired else replace(after, expires_at=work.now + UNDO_WITHIN))
    taken = Several(
        got=tuple(await slots_of(work, got, actor.person_id)),
        missed=tuple(await slots_of(work, missed, actor.person_id)),
        tired=tuple(await slots_of(work, tired, actor.person_id)),
    )
    return taken, whys


async def _claim(work: Work, actor: Actor, shift: Shift, *, sure: bool) -> None:
    """Claim one of them; a shift that refuses has changed nothing."""
    require(await standing(work, actor, shift.community_id), Action.CLAIM)
    roster = await work.tx.assignments.roster(shift.id)
    held = await held_around(work, actor.person_id, shift)
    placed, happened = shifts.claim(shift, roster, actor.person_id, held, turn=work.tx.turn(), now=work.now)
    await require_fit(work, actor.person_id, shift, roster, role=placed.role, sure=sure)
    await change(work, shift, roster, [placed], happened, what="claimed", reader=actor.person_id)


async def _given_back(work: Work, actor: Actor, id_: ShiftId) -> Shift | None:
    shift = await work.tx.shifts.get(id_)
    if shift is None:
        return None
    roster = await work.tx.assignments.roster(shift.id)
    mine = roster.find(actor.person_id)
    if mine is None or mine.hold is not Hold.ON:
        return None
    freed, happened = shifts.release(shift, roster, actor.person_id, sure=True, now=work.now)
    await free(work, shift, roster, [freed], happened, what="released", reader=actor.person_id)
    return shift


async def _whys(work: Work, actor: Actor, done: Several) -> Whys:
    """Return again why shifts could not be had, for a press that came twice; what has changed since is left out."""
    found: Whys = {}
    for slot in done.missed:
        shift = await work.tx.shifts.get(slot.shift_id)
        membership = await standing(work, actor, CommunityId(slot.community_id))
        if shift is None or membership is None:
            continue
        community = await work.tx.communities.one(shift.community_id)
        why = await why_not(work, community, membership, shift, await work.tx.assignments.roster(shift.id))
        if why is not None:
            found[shift.id] = why
    return found
