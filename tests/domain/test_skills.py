"""Who has which skill until when, and who belongs to which team."""

from datetime import date, timedelta

from bot.domain import skills
from bot.domain.ids import PersonId, SkillId, TeamId
from bot.domain.skills import Skill, SkillHeld, Team
from tests.domain.people_and_shifts import CHEN, LI, NOW, C, member

AID = Skill(id=SkillId("c-aid"), community_id=C, name="First aid", certificate=True)
COUNTING = Skill(id=SkillId("c-count"), community_id=C, name="Counting heads")
TODAY = date(2026, 12, 1)
NIGHT = Team(id=TeamId("c-night"), community_id=C, name="Night firm", partner=True)


def granted(person: PersonId, until: date | None, skill: Skill = AID, earlier: SkillHeld | None = None) -> SkillHeld:
    """A skill that Chen noted."""
    return skills.grant(skill, person, until=until, by=CHEN, now=NOW, earlier=earlier)[0]


def test_only_a_certificate_has_a_last_day() -> None:
    assert granted(LI, TODAY).until == TODAY
    assert granted(LI, TODAY, COUNTING).until is None


def test_a_renewed_certificate_is_the_same_row() -> None:
    old = granted(LI, TODAY)
    new = granted(LI, TODAY + timedelta(days=700), earlier=old)

    assert (new.id, new.version) == (old.id, old.version)


def test_taking_a_skill_away_is_an_event() -> None:
    assert [e.facts()["skill_id"] for e in skills.withdraw(granted(LI, TODAY), by=CHEN)] == [AID.id]


def test_a_team_is_joined_and_left_once() -> None:
    inside, joined = skills.join_team(member(), NIGHT, by=CHEN)
    again, nothing = skills.join_team(inside, NIGHT, by=CHEN)
    outside, left = skills.leave_team(again, NIGHT, by=CHEN)

    assert (inside.teams, again, outside.teams) == ((NIGHT.id,), inside, ())
    assert (len(joined), nothing, len(left)) == (1, [], 1)
    assert skills.leave_team(outside, NIGHT, by=CHEN) == (outside, [])


def test_a_new_team_has_a_clean_name() -> None:
    team, happened = skills.new_team(TeamId("c-x"), C, "  Night   firm ", partner=True, by=CHEN)

    assert (team.name, team.partner) == ("Night firm", True)
    assert len(happened) == 1


def test_a_new_skill_has_a_clean_name() -> None:
    assert skills.new_skill(SkillId("c-x"), C, " First  aid", certificate=True).name == "First aid"
