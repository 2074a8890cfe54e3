"""Messages about skills."""

from __future__ import annotations

from datetime import date

from bot.domain.ids import SkillId
from bot.domain.outcomes import Somebody, Standing
from bot.domain.people import Person, Role
from bot.domain.skill_outcomes import ENDS, LEADS_ENDS, Holder, Learners, SkillPage, SkillRow, SkillShown, SkillTold
from bot.i18n import Translator
from bot.ports.message import Message
from bot.views import notices, skills
from tests.views.cast import COMMUNITY, GUEST, MEMBER, Cast, Scene
from tests.views.teaming import TEAMING

SKILL = SkillId("c0mmun-sk1llsk1llsk")
LAST = date(2027, 12, 31)


def _page(cast: Cast, *, leads: bool) -> SkillPage:
    rows = (
        SkillRow(skill_id=SKILL, name=cast.community, have=3, mine=True, until=LAST),
        SkillRow(skill_id=SKILL, name=cast.place, have=1, mine=not leads),
        SkillRow(skill_id=SKILL, name=cast.place, community=cast.community),
    )
    where = Standing(community_id=COMMUNITY, community=cast.community, roles=(Role.COORDINATOR,))
    return SkillPage(skills=rows, leads=(where,) if leads else (), page=0, pages=2)


def _holder(cast: Cast, n: int, until: date | None, *, over: bool = False) -> Holder:
    return Holder(person=Somebody(person_id=GUEST, name=cast.crowd(3)[n]), until=until, over=over)


def _shown(cast: Cast, *, empty: bool = False) -> SkillShown:
    holders = (_holder(cast, 0, None), _holder(cast, 1, LAST), _holder(cast, 2, date(2026, 11, 1), over=True))
    return SkillShown(
        skill_id=SKILL,
        community_id=COMMUNITY,
        name=cast.place,
        holders=() if empty else holders,
        page=0,
        pages=1,
    )


def _learners(cast: Cast, people: int) -> Learners:
    who = tuple(Somebody(person_id=MEMBER, name=n) for n in cast.crowd(people))
    return Learners(skill_id=SKILL, name=cast.place, people=who, page=0, pages=1)


def _told(t: Translator, cast: Cast, kind: str) -> Message:
    return notices.notice(
        t,
        SkillTold(
            kind=kind,
            reader=Person(id=MEMBER, name=cast.people[0], account=1),
            language=t.language,
            skill=cast.place,
            skill_id=SKILL,
            until=LAST,
            about=cast.people[-1] if kind == LEADS_ENDS else "",
        ),
    )


SKILLED: dict[str, Scene] = {
    "skills, for a coordinator": lambda t, c: skills.page(t, _page(c, leads=True)),
    "skills, for a volunteer": lambda t, c: skills.page(t, _page(c, leads=False)),
    "skills, none": lambda t, _: skills.page(t, SkillPage(skills=(), leads=(), page=0, pages=1)),
    "a skill": lambda t, c: skills.one(t, _shown(c)),
    "a skill that nobody has": lambda t, c: skills.one(t, _shown(c, empty=True)),
    "who has a skill": lambda t, c: skills.learners(t, _learners(c, 3)),
    "who has a skill, everybody": lambda t, c: skills.learners(t, _learners(c, 0)),
    "what a skill is called": lambda t, _: skills.ask_name(t),
    "until when a skill": lambda t, c: skills.ask_until(t, skill=c.place, person=c.people[0]),
    "sure to take a skill away": lambda t, c: skills.sure_to_withdraw(t, shown=_shown(c), person=_holder(c, 0, None)),
    "told, a certificate ends": lambda t, c: _told(t, c, ENDS),
    "leads told, a certificate ends": lambda t, c: _told(t, c, LEADS_ENDS),
    **TEAMING,
}
