"""Forms that ask for a name: a new checkpoint, a person without Telegram. Their drafts survive a restart."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.checkpoints import LONGEST_CHECKPOINT_NAME
from bot.domain.drafts import Draft, open_draft
from bot.domain.errors import DraftGone
from bot.domain.ids import CommunityId, community_of
from bot.domain.outcomes import Standing
from bot.domain.people import clean_name, clean_phone
from bot.domain.permissions import Action
from bot.domain.setup_outcomes import NameForm
from bot.services.desk import Desk, Work
from bot.services.people import Actor, standings_to
from bot.services.planning import current

CHECKPOINT, PERSON = "checkpoint", "person"
_NEEDS = {CHECKPOINT: Action.MAKE_CHECKPOINT, PERSON: Action.ADD_PERSON}


class Forms:
    """Use cases of the small forms, and what all forms share."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open(self, actor: Actor, dialog: str, *, shift_id: str = "") -> NameForm:
        """Open a form; it asks for the community first where there are several. Raises NotAllowed, NotSetUp."""
        async with self._desk.work() as work:
            where = await standings_to(work, actor, _NEEDS[dialog])
            chosen = community_of(shift_id) if shift_id else where[0].community_id
            step = "name" if shift_id or len(where) == 1 else "community"
            old = await work.tx.drafts.get(actor.person_id)
            draft = replace(
                open_draft(actor.person_id, dialog, step, chosen, now=work.now, shift_id=shift_id),
                version=old.version if old else 0,
            )
            await work.tx.drafts.save(draft)
            return _form(draft, where)

    async def fill(self, actor: Actor, dialog: str, step: str, text: str) -> NameForm:
        """Answer a step. Raises DraftGone, NameInvalid, PhoneInvalid."""
        async with self._desk.work() as work:
            draft = await current(work, actor, dialog)
            if step != draft.step:
                raise DraftGone
            where = await standings_to(work, actor, _NEEDS[dialog])
            draft = _answered(work, draft, where, text)
            await work.tx.drafts.save(draft)
            return _form(draft, where)

    async def current(self, actor: Actor) -> Draft | None:
        """Return the form the actor has open, or None."""
        async with self._desk.reading() as view:
            draft = await view.tx.drafts.get(actor.person_id)
            return draft if draft and draft.expires_at > view.now else None

    async def close(self, actor: Actor, *, dialog: str = "") -> None:
        """Give up the form, or end it; with `dialog` only if that one is open."""
        async with self._desk.work() as work:
            draft = await work.tx.drafts.get(actor.person_id)
            if draft is not None and dialog in ("", draft.dialog):
                await work.tx.drafts.remove(actor.person_id)


def _answered(work: Work, draft: Draft, where: list[Standing], text: str) -> Draft:
    if draft.step == "community":
        if text not in {s.community_id for s in where}:
            raise DraftGone
        return replace(draft.answered(step="name", now=work.now), community_id=CommunityId(text))
    if draft.step == "name":
        longest = LONGEST_CHECKPOINT_NAME if draft.dialog == CHECKPOINT else 64
        step = "phone" if draft.dialog == PERSON else "done"
        return draft.answered(step=step, now=work.now, name=clean_name(text, longest=longest))
    phone = clean_phone(text) if text else ""
    return draft.answered(step="done", now=work.now, phone=phone)


def _form(draft: Draft, where: list[Standing]) -> NameForm:
    named = {s.community_id: s.community for s in where}
    return NameForm(
        dialog=draft.dialog,
        step=draft.step,
        communities=tuple(where),
        community=named.get(draft.community_id, "") if len(where) > 1 else "",
        name=draft.text("name"),
    )
