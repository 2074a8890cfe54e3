"""What people type about roles, in English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import DomainError
from bot.domain.when import Ambiguous, RoleSaid, apart_from_roles, parse_people, parse_roles, role_line
from bot.domain.when.places import Places

TESTING = (RoleSaid("duty", 2, 2), RoleSaid("register", 1, 1), RoleSaid("temperature", 1, 2))


@pytest.mark.parametrize(
    "text",
    [
        "roles: duty 2, register 1, temperature 1-2",
        "Roles： duty x2、register: 1；temperature 1 to 2 people.",
        "role: 2 duty, 1 register and 1-2 temperature",
    ],
)
def test_roles_are_read_however_they_are_separated(text: str) -> None:
    assert parse_roles(text) == TESTING


@pytest.mark.parametrize(
    "text", ["岗位：执勤2，登记1，测温1-2", "岗位：执勤两人、登记一人、测温1到2人", "执勤×2；登记1名；测温1~2"]
)
def test_roles_are_read_in_chinese(text: str) -> None:
    assert [(r.needed, r.capacity) for r in parse_roles(text)] == [(2, 2), (1, 1), (1, 2)]


def test_a_skill_stands_in_brackets_and_a_number_may_belong_to_the_name() -> None:
    said = parse_roles("Gate 1 2 (First Aid), box 1")

    assert said == (RoleSaid("Gate 1", 2, 2, "First Aid"), RoleSaid("box", 1, 1))


@pytest.mark.parametrize(
    "text",
    ["roles:", "roles: duty", "roles: duty 3-2", "roles: duty 0", "duty 1, Duty 2", "a 1,b 1,c 1,d 1,e 1,f 1,g 1"],
)
def test_roles_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(DomainError):
        parse_roles(text)


def test_how_many_people_is_answered_by_a_number_or_by_roles() -> None:
    assert parse_people("2-4") == (Places(2, 4), ())
    assert parse_people("duty 2, register 1")[1] == TESTING[:2]
    assert parse_people("roles: duty 2")[1] == TESTING[:1]
    with pytest.raises(DomainError):
        parse_people("perhaps 3")


def test_a_line_that_can_mean_several_things_keeps_its_roles_in_every_reading() -> None:
    def read(line: str) -> Places:
        raise Ambiguous(line, (), ("one", "two"))

    with pytest.raises(Ambiguous) as several:
        apart_from_roles("Gate mon 8-12 roles: duty 2", read)

    assert several.value.rewrites == ("one roles: duty 2", "two roles: duty 2")


@given(
    st.lists(
        st.tuples(st.sampled_from(("duty", "测温", "box", "Gate 1")), st.integers(0, 9), st.integers(1, 9)),
        max_size=4,
        unique_by=lambda r: r[0],
    )
)
def test_roles_written_out_are_read_again_to_the_same(drawn: list[tuple[str, int, int]]) -> None:
    said = tuple(RoleSaid(name, min(low, high), max(low, high)) for name, low, high in drawn)
    if sum(r.needed for r in said):
        assert parse_roles(role_line(said)) == said
