"""Nine kinds of people, each report, each action: only those who should can read it or take it."""

from dataclasses import replace

import pytest

from bot.domain.ids import CommunityId
from bot.domain.incident_access import may_handle, may_read
from bot.domain.people import Membership, Role, join
from tests.domain.reports import CHEN, LI, NOW, WANG, ZHAO, reported, taken

LEADING = {Role.OWNER, Role.COORDINATOR}
SERVING = LEADING | {Role.SHIFT_LEAD, Role.VOLUNTEER, Role.LIAISON}


def a(role: Role) -> Membership:
    """Somebody who is that, and nothing else."""
    return join(CommunityId("c"), CHEN, role, now=NOW)


@pytest.mark.parametrize("role", Role)
def test_who_was_not_called_reads_it_only_if_they_lead_and_restricted_things_only_if_they_coordinate(
    role: Role,
) -> None:
    storm, ill = reported("storm").incident, reported("ill").incident

    assert may_read(storm, CHEN, a(role)) == (role in LEADING | {Role.SHIFT_LEAD})
    assert may_read(ill, CHEN, a(role)) == (role in LEADING)


@pytest.mark.parametrize("role", Role)
def test_the_reporter_reads_it_always_and_handles_it_only_if_they_lead_or_were_called(role: Role) -> None:
    storm = reported("storm", by=CHEN).incident
    called = replace(storm, alerted=(CHEN,))

    assert may_read(storm, CHEN, a(role))
    assert may_handle(storm, CHEN, a(role)) == (role in LEADING | {Role.SHIFT_LEAD})
    assert may_handle(called, CHEN, a(role)) == (role in SERVING)


@pytest.mark.parametrize("key", ["storm", "ill", "newcomer"])
def test_whoever_was_called_or_has_it_reads_and_handles_it(key: str) -> None:
    incident = replace(taken(reported(key).incident, by=WANG), alerted=(ZHAO,))

    for person in (WANG, ZHAO):
        member = join(CommunityId("c"), person, now=NOW)
        assert may_read(incident, person, member)
        assert may_handle(incident, person, member)


def test_strangers_and_those_who_left_see_nothing_not_even_their_own() -> None:
    incident = replace(reported("storm", by=LI).incident, alerted=(WANG,))

    for person in (LI, WANG, CHEN):
        gone = replace(join(CommunityId("c"), person, Role.COORDINATOR, now=NOW), left_at=NOW)
        assert not may_read(incident, person, None)
        assert not may_read(incident, person, gone)
        assert not may_handle(incident, person, gone)


def test_what_was_reported_in_a_category_that_is_gone_is_for_coordinators_only() -> None:
    odd = replace(reported("storm").incident, category="dragons")

    assert may_read(odd, CHEN, a(Role.COORDINATOR))
    assert not may_read(odd, CHEN, a(Role.SHIFT_LEAD))
