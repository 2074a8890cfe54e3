"""A team named in a line, in English and Chinese."""

from __future__ import annotations

import pytest

from bot.domain.when import Ambiguous, NotUnderstood, apart_from_roles, apart_from_team


@pytest.mark.parametrize(
    ("line", "rest", "team"),
    [
        ("Gate 1 Fri 8-12 x3 team: Night watch", "Gate 1 Fri 8-12 x3", "Night watch"),
        ("Gate 1 Fri 8-12, Team： Night  watch, x3", "Gate 1 Fri 8-12, , x3", "Night watch"),
        ("1号门 周五 8-12 队伍：夜班队，3人", "1号门 周五 8-12 ,3人", "夜班队"),
        ("1号门 周五 8-12 班组：夜班队 岗位：执勤2", "1号门 周五 8-12 岗位:执勤2", "夜班队"),
        ("Gate 1 Fri 8-12 x3", "Gate 1 Fri 8-12 x3", ""),
    ],
)
def test_a_team_is_read_apart_from_the_rest(line: str, rest: str, team: str) -> None:
    assert apart_from_team(line, lambda text: text) == (rest, team)


def test_a_team_may_stand_before_roles_or_behind_them() -> None:
    for line in ("roles: duty 2, box 1 team: Night watch", "team: Night watch roles: duty 2, box 1"):
        (_, roles), team = apart_from_team(line, lambda rest: apart_from_roles(rest, lambda _: Nothing()))

        assert ([r.name for r in roles], team) == (["duty", "box"], "Night watch")


def test_the_word_alone_names_no_team() -> None:
    with pytest.raises(NotUnderstood):
        apart_from_team("Gate 1 Fri 8-12 x3 team:", lambda text: text)


def test_a_line_with_two_readings_keeps_its_team() -> None:
    def read(text: str) -> str:
        raise Ambiguous("9-5", (), (f"{text} 09:00-17:00",))

    with pytest.raises(Ambiguous) as asked:
        apart_from_team("tomorrow team: Night watch", read)

    assert asked.value.rewrites == ("tomorrow 09:00-17:00 team: Night watch",)


class Nothing:
    """A line that says no numbers."""

    needed = capacity = None
