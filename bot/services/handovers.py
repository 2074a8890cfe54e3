"""Handing over: a note for whoever comes next, its acceptance, and the chain of a checkpoint."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.attendance import Attendance
from bot.domain.drafts import Draft, open_draft
from bot.domain.duty_commands import AcceptHandover, HandoverChain, HandoverPhoto
from bot.domain.duty_outcomes import Chain, HandoverForm, Note
from bot.domain.errors import DraftGone, NotFound
from bot.domain.events import Fact
from bot.domain.handovers import LONGEST_NOTE, MOST_KIT, Handover, HandoverState, accept, leave
from bot.domain.ids import CheckpointId, HandoverId, ShiftId, community_of
from bot.domain.life_errors import NotCheckedIn, NoteInvalid
from bot.domain.notices import Lane, Owed
from bot.domain.permissions import Action, require
from bot.domain.shifts import Shift
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standing
from bot.services.planning import current

DIALOG = "handover"
STEPS = ("note", "kit", "photo")
PAGE = 5


class Handovers:
    """Use cases of handing over. Every one raises NotFound and NotAllowed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(self, actor: Actor, shift_id: ShiftId) -> HandoverForm:
        """Open the form. Raises NotCheckedIn for those who were not there."""
        async with self._desk.work() as work:
            shift = await work.tx.shifts.one(shift_id)
            require(await standing(work, actor, shift.community_id), Action.HAND_OVER)
            await _own(work, actor, shift)
            checkpoint = await work.tx.checkpoints.one(shift.checkpoint_id)
            old = await work.tx.drafts.get(actor.person_id)
            draft = open_draft(
                actor.person_id,
                DIALOG,
                STEPS[0],
                shift.community_id,
                now=work.now,
                shift_id=shift_id,
                place=checkpoint.name,
            )
            await work.tx.drafts.save(replace(draft, version=old.version if old else 0))
            return form_of(draft)

    async def fill(self, actor: Actor, step: str, text: str, photo: str, cause: str) -> HandoverForm:
        """Answer a step; after the last one the note is left. Raises DraftGone, NoteInvalid."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(HandoverForm):
                return done
            draft = await current(work, actor, DIALOG)
            if step != draft.step:
                raise DraftGone
            draft = _answered(work, draft, text.strip(), photo)
            if draft.step in STEPS:
                await work.tx.drafts.save(draft)
                return work.done(form_of(draft))
            await self._leave(work, actor, draft)
            await work.tx.drafts.remove(actor.person_id)
            return work.done(form_of(draft))

    async def back(self, actor: Actor) -> HandoverForm:
        """Ask the step before again."""
        async with self._desk.work() as work:
            draft = await current(work, actor, DIALOG)
            before = STEPS[max(0, STEPS.index(draft.step) - 1)]
            draft = draft.answered(step=before, now=work.now)
            await work.tx.drafts.save(draft)
            return form_of(draft)

    async def accept(self, actor: Actor, command: AcceptHandover, cause: str) -> Note:
        """Take over on the actor's word; whoever left the note is told. Raises what `handovers.accept` raises."""
        async with self._desk.work(cause) as work:
            if done := await work.tx.earlier(Note):
                return done
            handover = await work.tx.handovers.one(command.handover_id)
            require(await standing(work, actor, handover.community_id), Action.HAND_OVER)
            present = await work.tx.attendances.present(handover.community_id)
            mine = [a for a in present if a.person_id == actor.person_id]
            here = next((a for a in mine if a.checkpoint_id == handover.checkpoint_id), None)
            if here is None:
                raise NotCheckedIn
            shift = await work.tx.shifts.one(handover.shift_id)
            taken, told = accept(handover, here, shift, now=work.now)
            await work.tx.handovers.save(taken)
            work.happened(*told)
            return work.done(await note_of(work, taken))

    async def chain(self, actor: Actor, query: HandoverChain) -> Chain:
        """Return a page of a checkpoint's handovers, newest first."""
        async with self._desk.reading() as view:
            checkpoint = await view.tx.checkpoints.one(query.checkpoint_id)
            require(await standing(view, actor, checkpoint.community_id), Action.HAND_OVER)
            page = max(0, query.page)
            rows = await view.tx.handovers.chain(checkpoint.id, limit=(page + 1) * PAGE + 1)
            shown = rows[page * PAGE : (page + 1) * PAGE]
            return Chain(
                checkpoint_id=checkpoint.id,
                place=checkpoint.name,
                notes=tuple([await note_of(view, row) for row in shown]),
                page=page,
                more=len(rows) > (page + 1) * PAGE,
            )

    async def photo(self, actor: Actor, query: HandoverPhoto) -> tuple[Note, str]:
        """Return a handover with its photo. Raises NotFound if it has none."""
        async with self._desk.reading() as view:
            handover = await view.tx.handovers.one(query.handover_id)
            require(await standing(view, actor, handover.community_id), Action.HAND_OVER)
            if not handover.photo:
                raise NotFound("handovers")
            return await note_of(view, handover), handover.photo

    async def _leave(self, work: Work, actor: Actor, draft: Draft) -> None:
        shift = await work.tx.shifts.one(draft.text("shift_id"))
        chain = await work.tx.handovers.chain(shift.checkpoint_id, limit=1)
        left, told = leave(
            HandoverId(f"{shift.community_id}-{work.ids.fresh()}"),
            await _own(work, actor, shift),
            shift,
            note=draft.text("note"),
            kit=draft.number("kit"),
            photo=draft.text("photo"),
            last=chain[0] if chain else None,
            now=work.now,
        )
        await work.tx.handovers.save(left)
        work.happened(*told)
        for a in await work.tx.attendances.present(shift.community_id):
            if a.checkpoint_id == shift.checkpoint_id and a.person_id != actor.person_id:
                facts: dict[str, Fact] = {"shift_id": a.shift_id, "person_id": actor.person_id, "handover_id": left.id}
                await work.owe(a.community_id, Owed(a.person_id, Lane.REPLY, "handover_left", facts))


def form_of(draft: Draft) -> HandoverForm:
    """Return the form as it stands."""
    return HandoverForm(step=draft.step, place=draft.text("place"), note=draft.text("note"))


async def note_of(view: Work, handover: Handover) -> Note:
    """Return a handover as people read it."""
    names = []
    for person_id in (handover.from_id, handover.accepted_by):
        person = await view.tx.people.get(person_id) if person_id else None
        names.append(person.name if person else "")
    community = await view.tx.communities.one(community_of(handover.id))
    checkpoint = await view.tx.checkpoints.one(handover.checkpoint_id)
    return Note(
        handover_id=handover.id,
        checkpoint_id=handover.checkpoint_id,
        place=checkpoint.name,
        zone=community.zone,
        by=names[0],
        at=handover.left_at,
        text=handover.note,
        kit=handover.kit,
        photo=bool(handover.photo),
        accepted_by=names[1],
        accepted_at=handover.accepted_at,
    )


async def waiting_note(view: Work, checkpoint_id: CheckpointId, attendance: Attendance) -> Note | None:
    """Return the checkpoint's newest handover if it waits to be accepted by this person."""
    chain = await view.tx.handovers.chain(checkpoint_id, limit=1)
    if not chain or chain[0].state is HandoverState.ACCEPTED or chain[0].from_id == attendance.person_id:
        return None
    return await note_of(view, chain[0]) if attendance.present else None


async def _own(work: Work, actor: Actor, shift: Shift) -> Attendance:
    there = await work.tx.attendances.get(f"{shift.id}:{actor.person_id}")
    if there is None or there.checked_in_at is None:
        raise NotCheckedIn
    return there


def _answered(work: Work, draft: Draft, text: str, photo: str) -> Draft:
    """Return the form with the answer to its present question. Raises NoteInvalid, and then nothing is lost."""
    if not _fits(draft.step, text, photo):
        raise NoteInvalid(LONGEST_NOTE, MOST_KIT)
    if draft.step == "note":
        return draft.answered(step="kit", now=work.now, note=text, photo=photo or draft.text("photo"))
    if draft.step == "kit":
        after = "done" if draft.text("photo") else "photo"
        return draft.answered(step=after, now=work.now, kit=int(text) if text else None)
    return draft.answered(step="done", now=work.now, photo=photo)


def _fits(step: str, text: str, photo: str) -> bool:
    """Say whether a note is there and short enough, a count is one, a photo no text; the last two may be left out."""
    if step == "note":
        return bool(text or photo) and len(text) <= LONGEST_NOTE
    if step == "kit":
        return not text or (text.isascii() and text.isdigit() and int(text) <= MOST_KIT)
    return not text or bool(photo)
