"""Questions answered by typing one text. Drafts survive a restart; what is done with the text, its feature says."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.drafts import Draft, open_draft
from bot.domain.duty_outcomes import Asked
from bot.domain.events import Fact
from bot.domain.ids import CommunityId
from bot.domain.permissions import Action, require
from bot.services.desk import Desk
from bot.services.people import Actor, standing

INSTRUCTIONS, CONTACTS = "instructions", "contacts"
OF_AGE = "of_age"  # the day somebody under 18 comes of age
GUEST = "guest"  # the name of whom somebody brings along
PAUSE = "pause"  # from when to when somebody does not come
SKILL_NAME, SKILL_UNTIL = "skill_name", "skill_until"
TEAM_NAME, TEAM_MEMBER = "team_name", "team_member"
OVERRIDE = "override"  # why somebody is put on a shift in spite of the community's rules
REMOVAL = "removal"  # why somebody is taken off a shift
REASON, REASON_THERE = "reason", "reason_there"  # for a correction; with the latter perhaps hours in front
ADDITION, RESOLUTION = "addition", "resolution"  # to a report, by its reporter; of one, by whoever has it
STEP = "text"
_NEEDS = {
    INSTRUCTIONS: Action.MAKE_CHECKPOINT,
    CONTACTS: Action.MAKE_CHECKPOINT,
    OF_AGE: Action.SET_RULES,
    GUEST: Action.CLAIM_FOR_GUEST,
    REASON: Action.CORRECT_ATTENDANCE,
    REASON_THERE: Action.CORRECT_ATTENDANCE,
    OVERRIDE: Action.OVERRIDE_RULES,
    PAUSE: Action.COMMIT,
    SKILL_NAME: Action.GRANT_SKILLS,
    SKILL_UNTIL: Action.GRANT_SKILLS,
    TEAM_NAME: Action.MAKE_TEAMS,
    TEAM_MEMBER: Action.MAKE_TEAMS,
    REMOVAL: Action.ASSIGN,
    ADDITION: Action.REPORT,
    RESOLUTION: Action.TAKE_INCIDENT,
}
_THEIR_OWN = (OVERRIDE, REMOVAL, SKILL_NAME, SKILL_UNTIL, PAUSE, TEAM_NAME, TEAM_MEMBER, ADDITION, RESOLUTION)
DIALOGS = tuple(d for d in _NEEDS if d not in _THEIR_OWN)


class Writing:
    """Use cases of such questions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def begin(
        self, actor: Actor, dialog: str, community_id: CommunityId, *, about: str = "", before: str = "", **fields: Fact
    ) -> Asked:
        """Ask. `about` names what it is about, `before` is what stands there now. Raises NotAllowed."""
        async with self._desk.work() as work:
            require(await standing(work, actor, community_id), _NEEDS[dialog])
            old = await work.tx.drafts.get(actor.person_id)
            draft = open_draft(
                actor.person_id, dialog, STEP, community_id, now=work.now, about=about, before=before, **fields
            )
            await work.tx.drafts.save(replace(draft, version=old.version if old else 0))
            return asked(draft)


def asked(draft: Draft) -> Asked:
    """Return what an open question asks."""
    return Asked(dialog=draft.dialog, about=draft.text("about"), before=draft.text("before"))
