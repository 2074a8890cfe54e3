"""The code on the wall, and whether somebody is near it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import codes
from bot.domain.checkpoints import Checkpoint
from bot.domain.codes import Code, CodeState
from bot.domain.ids import CodeId
from bot.domain.life_errors import CodeInvalid
from tests.domain.people_and_shifts import CHEN, GATE, NOW, YARD, C, a_shift

THE_GATE = Checkpoint(id=GATE, community_id=C, name="Gate", latitude=39.9042, longitude=116.4074, radius=200)


def a_code(name: str = "c-one") -> Code:
    """A code of the gate."""
    return codes.new_code(CodeId(name), THE_GATE, [], by=CHEN, now=NOW)[0][0]


def test_a_new_code_takes_the_old_ones_out_of_use() -> None:
    old = a_code()

    made, happened = codes.new_code(CodeId("c-two"), THE_GATE, [old], by=CHEN, now=NOW)

    assert [(c.id, c.state) for c in made] == [("c-two", CodeState.VALID), ("c-one", CodeState.REVOKED)]
    assert len(happened) == 2
    assert codes.new_code(CodeId("c-three"), THE_GATE, [made[1]], by=CHEN, now=NOW)[0][1:] == []


def test_a_valid_code_of_the_place_is_taken_and_no_other() -> None:
    codes.check_code(a_code(), a_shift())
    revoked, _ = codes.revoke(a_code(), by=CHEN, now=NOW)

    for code, shift in ((None, a_shift()), (revoked, a_shift()), (a_code(), replace(a_shift(), checkpoint_id=YARD))):
        with pytest.raises(CodeInvalid):
            codes.check_code(code, shift)
    with pytest.raises(CodeInvalid):
        codes.revoke(revoked, by=CHEN, now=NOW)


@pytest.mark.parametrize(
    ("latitude", "longitude", "near"),
    [
        (39.9042, 116.4074, True),
        (39.9059, 116.4074, True),  # 189 m north
        (39.9061, 116.4074, False),  # 211 m north
        (39.9042, 116.4097, True),  # 196 m east
        (39.9042, 116.4099, False),  # 213 m east
        (-39.9042, -63.5926, False),  # the other side of the world
    ],
)
def test_near_is_within_the_radius(latitude: float, longitude: float, near: bool) -> None:
    assert codes.is_near(THE_GATE, latitude, longitude) is near


def test_where_the_place_does_not_matter_nothing_is_said() -> None:
    assert codes.is_near(replace(THE_GATE, latitude=None), 0, 0) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_place_on_earth_is_near_or_not(latitude: float, longitude: float) -> None:
    assert codes.is_near(THE_GATE, latitude, longitude) in (True, False)
    here = replace(THE_GATE, latitude=latitude, longitude=longitude)
    assert codes.is_near(here, latitude, longitude)
