"""Changing one shift: a form filled by buttons or one typed line, with a preview; taking the change back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain import changes
from bot.domain.changes import Change
from bot.domain.drafts import Draft, open_draft
from bot.domain.edit_outcomes import ShiftEdit, WhichReading
from bot.domain.errors import DayLeftOut, DraftGone, NotFound
from bot.domain.events import Fact
from bot.domain.ids import CommunityId, ShiftId
from bot.domain.making_commands import AskAgain, ChangeShift, ReopenShift, UndoEdit
from bot.domain.outcomes import Changed, PlaceChoice
from bot.domain.permissions import Action, require
from bot.domain.shifts import Shift
from bot.domain.when import Ambiguous, split_change
from bot.services.changing import MENU, QUESTIONS, WAS, answered, change_of, meanwhile, seen, shown
from bot.services.confirmations import ask, unanswered
from bot.services.desk import Desk, Work
from bot.services.finding import matching
from bot.services.generation import keep, keep_moved
from bot.services.moving import held_by_all
from bot.services.people import Actor, standing
from bot.services.planning import WHICH, choices_of, current, zone_of
from bot.services.slots import slot_of, slots_of

DIALOG = "edit"
PICK = "pick"  # the line fits several shifts


class Editing:
    """Use cases of changing a shift. Every one raises NotFound and NotAllowed; those that fill the form, DraftGone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, actor: Actor, command: ChangeShift) -> ShiftEdit:
        """Open the form for a shift, or go on with it. Raises ShiftStarted, ShiftCancelled."""
        async with self._desk.work() as work:
            shift = await _load(work, actor, command.shift_id)
            old = await work.tx.drafts.get(actor.person_id)
            if old is not None and old.dialog == DIALOG and old.text("shift_id") == shift.id:
                return await _show(work, actor, old.answered(step=MENU, now=work.now))
            return await _show(work, actor, await _open(work, actor, shift))

    async def begin_typed(self, actor: Actor, line: str) -> ShiftEdit | WhichReading:
        """Open the form from `East Gate tomorrow 8-12 -> 9-13 x3`. Raises what the grammar raises."""
        async with self._desk.work() as work:
            choices = await choices_of(work, actor)
            which, wanted = split_change(line)
            found = await matching(work, which, choices)
            if len(found) == 1:
                draft = await _open(work, actor, found[0])
                return await _read(work, actor, draft, MENU, wanted) if wanted else await _show(work, actor, draft)
            draft = await _fresh(work, actor, CommunityId(choices[0].community_id if choices else ""))
            await work.tx.drafts.save(draft.answered(step=PICK, now=work.now, line=wanted))
            slots = await slots_of(work, found, actor.person_id)
            return ShiftEdit(step=PICK, slots=tuple(slots), choices=tuple(choices))

    async def fill(self, actor: Actor, step: str, text: str) -> ShiftEdit | WhichReading:
        """Answer a step with a button's value or with typed text; what was filled in before stays."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            if draft.step == PICK and step == PICK:
                shift = await _load(work, actor, ShiftId(text))
                fresh = await _open(work, actor, shift)
                line = draft.text("line")
                return await _read(work, actor, fresh, MENU, line) if line else await _show(work, actor, fresh)
            if step != draft.step:
                raise DraftGone
            if step == MENU and text in QUESTIONS:
                return await _show(work, actor, draft.answered(step=text, now=work.now))
            if step == WHICH:
                return await _read(work, actor, draft, draft.text("asked"), draft.text(f"reading{text[:1]}"))
            return await _read(work, actor, draft, step, text.strip())

    async def back(self, actor: Actor) -> ShiftEdit:
        """Leave the open question unanswered."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            return await _show(work, actor, draft.answered(step=MENU, now=work.now))

    async def show(self, actor: Actor) -> ShiftEdit:
        """Return the form as it stands."""
        async with self._desk.work() as work:
            return await _show(work, actor, await current(work, actor, DIALOG))

    async def confirm(self, actor: Actor, cause: str) -> ShiftEdit:
        """Make the change; if somebody else changed the shift meanwhile, show that first, and change nothing.

        Raises what `bot.domain.changes.edit` raises.
        """
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(ShiftEdit):
                return done
            draft = await current(work, actor, DIALOG)
            shift = await _load(work, actor, ShiftId(draft.text("shift_id")))
            form = await shown(work, actor, draft, shift)
            if meanwhile(draft, shift) or not form.possible:
                return work.done(await _show(work, actor, draft))
            roster = await work.tx.assignments.roster(shift.id)
            wanted = change_of(draft, shift)
            held = await held_by_all(work, shift, wanted, roster)
            moved = changes.edit(shift, roster, wanted, held, by=actor.person_id, now=work.now)
            await keep_moved(work, shift, moved, await work.tx.communities.one(shift.community_id))
            await work.tx.drafts.remove(actor.person_id)
            slot = await slot_of(work, moved.shift, await work.tx.assignments.roster(shift.id), actor.person_id)
            return work.done(replace(form, slot=slot, done=True, undo_at=_mark(moved.shift)))

    async def undo(self, actor: Actor, command: UndoEdit, cause: str) -> Changed:
        """Make the shift what it was before. Raises UndoOver, and what `bot.domain.changes.undo_edit` raises."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift = await _load(work, actor, command.shift_id)
            if shift.was is not None and _mark(shift) != command.at:
                shift = replace(shift, was=None)  # somebody changed it since; theirs is not ours to take back
            roster = await work.tx.assignments.roster(shift.id)
            before = Change(start=shift.was.start, end=shift.was.end) if shift.was else Change()
            held = await held_by_all(work, shift, before, roster)
            moved = changes.undo_edit(shift, roster, held, by=actor.person_id, now=work.now)
            await keep_moved(work, shift, moved, await work.tx.communities.one(shift.community_id))
            slot = await slot_of(work, moved.shift, await work.tx.assignments.roster(shift.id), actor.person_id)
            return work.done(Changed(what="edit_undone", slot=slot))

    async def reopen(self, actor: Actor, command: ReopenShift, cause: str) -> Changed:
        """Let a cancelled shift take place after all. Raises ShiftStarted, or DayLeftOut."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift = await _load(work, actor, command.shift_id)
            await _check_served(work, shift)
            fresh, told = changes.reopen(shift, by=actor.person_id, now=work.now)
            rows = await work.tx.assignments.of_shift(shift.id) if told else []
            await keep(work, fresh, await work.tx.communities.one(shift.community_id))
            work.happened(*told, *changes.back(fresh, rows, by=actor.person_id))
            slot = await slot_of(work, fresh, await work.tx.assignments.roster(shift.id), actor.person_id)
            return work.done(Changed(what="reopened", slot=slot))

    async def ask_again(self, actor: Actor, command: AskAgain, cause: str) -> Changed:
        """Ask once more whoever has not answered since the shift was changed."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Changed):
                return done
            shift = await _load(work, actor, command.shift_id)
            silent = await unanswered(work, shift)
            await ask(work, shift, silent, actor.person_id)
            slot = await slot_of(work, shift, await work.tx.assignments.roster(shift.id), actor.person_id)
            return work.done(Changed(what="asked_again", slot=slot, people=len(silent)))


async def _check_served(work: Work, shift: Shift) -> None:
    """Raise DayLeftOut for a shift on a day that its series leaves out: the whole day is brought back there."""
    begun = await work.tx.series.get(shift.series_id) if shift.series_id else None
    if begun is not None and shift.day is not None and begun.skips(shift.day):
        raise DayLeftOut(shift.day)


def _mark(shift: Shift) -> int:
    """Tell one change of a shift from another; short enough for a button."""
    return int(shift.was.at.timestamp()) % 10**9 if shift.was else 0


async def _load(work: Work, actor: Actor, shift_id: ShiftId) -> Shift:
    shift = await work.tx.shifts.get(shift_id)
    if shift is None:
        raise NotFound("shifts")
    require(await standing(work, actor, shift.community_id), Action.CHANGE_SHIFT)
    return shift


async def _fresh(work: Work, actor: Actor, community_id: CommunityId) -> Draft:
    old = await work.tx.drafts.get(actor.person_id)
    draft = open_draft(actor.person_id, DIALOG, MENU, community_id, now=work.now)
    return replace(draft, version=old.version if old else 0)


async def _open(work: Work, actor: Actor, shift: Shift) -> Draft:
    draft = await _fresh(work, actor, shift.community_id)
    return draft.answered(step=MENU, now=work.now, shift_id=shift.id, **{WAS: seen(shift)})


async def _read(work: Work, actor: Actor, draft: Draft, asked: str, text: str) -> ShiftEdit | WhichReading:
    """Take an answer into the form; one with several readings is kept, and asked back."""
    shift = await _load(work, actor, ShiftId(draft.text("shift_id")))
    choices = await _choices(work, actor, shift)
    zone = await zone_of(work, shift.checkpoint_id)
    try:
        fields = answered(draft, shift, asked, text, choices=choices, now=work.now, zone=zone)
    except Ambiguous as error:
        readings: dict[str, Fact] = {f"reading{n}": words for n, words in enumerate(error.rewrites)}
        await work.tx.drafts.save(draft.answered(step=WHICH, now=work.now, asked=asked, **readings))
        return WhichReading(part=error.part, readings=error.choices)
    step = str(fields.pop("step", MENU))
    return await _show(work, actor, draft.answered(step=step, now=work.now, **fields))


async def _show(work: Work, actor: Actor, draft: Draft) -> ShiftEdit:
    """Return the form, and keep it; what others changed meanwhile is told once."""
    if draft.step in (PICK, WHICH):
        draft = replace(draft, step=MENU)
    if not draft.text("shift_id"):
        raise DraftGone
    shift = await _load(work, actor, ShiftId(draft.text("shift_id")))
    form = await shown(work, actor, draft, shift)
    form = replace(form, choices=tuple(await _choices(work, actor, shift)))
    await work.tx.drafts.save(replace(draft, fields={**draft.fields, WAS: seen(shift)}))
    return form


async def _choices(work: Work, actor: Actor, shift: Shift) -> Sequence[PlaceChoice]:
    return [c for c in await choices_of(work, actor) if c.community_id == shift.community_id]
