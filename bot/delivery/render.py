"""Notices and cards put into words at the moment they are sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.domain.brief_outcomes import BriefTold
from bot.domain.cards import Card
from bot.domain.commitment_events import COMMITMENT_TOUCHED
from bot.domain.commitment_outcomes import CommitmentTold
from bot.domain.duty_outcomes import StatementTold
from bot.domain.gaps import asks_for_people
from bot.domain.groups import GROUP_KINDS, GroupTold
from bot.domain.incident_notices import INCIDENT_KINDS
from bot.domain.incident_outcomes import IncidentTold
from bot.domain.notices import Notice
from bot.domain.outcomes import Told
from bot.domain.people import Reach
from bot.domain.policies import BRIEF, STATEMENT
from bot.domain.skill_outcomes import SKILL_KINDS, SkillTold
from bot.i18n import Translators
from bot.ports.clock import Clock
from bot.ports.ids import Ids
from bot.ports.message import Message
from bot.ports.messenger import Unreachable
from bot.ports.recurrence import Recurrence
from bot.ports.store import Transaction
from bot.services.briefs import look_up_brief
from bot.services.cards import day_card
from bot.services.commitment_notices import look_up_commitment
from bot.services.desk import Work
from bot.services.gaps import gap_card
from bot.services.group_notices import look_up_group
from bot.services.incident_showing import look_up_incident
from bot.services.notices import look_up
from bot.services.skills import look_up_skill
from bot.services.statements import look_up_statement
from bot.views.cards import card as card_view
from bot.views.gaps import gap_card as gap_view
from bot.views.notices import notice as notice_view
from bot.views.notices import together

_Told = Told | GroupTold | StatementTold | SkillTold | IncidentTold | CommitmentTold | BriefTold | None
_LOOKS: dict[str, Callable[[Work, Notice], Awaitable[_Told]]] = {
    **dict.fromkeys(GROUP_KINDS, look_up_group),
    **dict.fromkeys(INCIDENT_KINDS, look_up_incident),
    STATEMENT: look_up_statement,
    BRIEF: look_up_brief,
    **dict.fromkeys(SKILL_KINDS, look_up_skill),
    COMMITMENT_TOUCHED: look_up_commitment,
}
_CLOSED = (Reach.BLOCKED, Reach.GONE)


class Renderer:
    """Looks up what a row is about and finds the words for it, in the reader's language."""

    def __init__(self, translators: Translators, clock: Clock, ids: Ids, recurrence: Recurrence) -> None:
        self._translators = translators
        self._clock = clock
        self._ids = ids
        self._recurrence = recurrence

    async def notice(self, notice: Notice, tx: Transaction) -> tuple[int, Message] | None:
        """Return the account to write to and the message, or None when there is nothing left to say.

        Raises Unreachable if the reader is known to have blocked the bot or to be gone: they are written to again when
        Telegram says that they are back, or when they press Start.
        """
        look = _LOOKS.get(notice.kind, look_up)
        told = await look(self._work(tx), notice)
        if told is None or told.reader.account is None:
            return None
        if told.reader.reach in _CLOSED:
            raise Unreachable(told.reader.reach.value)
        return told.reader.account, notice_view(self._translators.speaking(told.language), told, notice.part)

    async def together(self, notices: Sequence[Notice], tx: Transaction) -> Message:
        """Return one message for several notices to one reader, all of which have something to say."""
        found = [told for notice in notices if (told := await look_up(self._work(tx), notice)) is not None]
        return together(self._translators.speaking(found[0].language), found)

    async def card(self, card: Card, tx: Transaction) -> Message:
        """Return what the card shows now, in the community's language."""
        if asks_for_people(card):
            asked = await gap_card(self._work(tx), card)
            return gap_view(self._translators.speaking(asked.language), asked)
        shown = await day_card(self._work(tx), card)
        return card_view(self._translators.speaking(shown.language), shown)

    def _work(self, tx: Transaction) -> Work:
        now: datetime = self._clock.now()
        return Work(tx, now, self._ids, self._recurrence)
