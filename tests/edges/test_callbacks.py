"""Buttons carry commands in 64 bytes, and strangers' bytes do no harm."""

from dataclasses import fields
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import ClaimShift, Command, OpenShifts, ReleaseShift
from bot.domain.families import ALL_COMMANDS, FAMILIES
from bot.domain.ids import ShiftId
from handlers.routes import PRESSED
from handlers.wire.callbacks import LONGEST, Unreadable, pack, unpack

ids = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=19)


@st.composite
def commands(draw: st.DrawFn) -> Command:
    kind = draw(st.sampled_from(ALL_COMMANDS))
    types = get_type_hints(kind)
    values: dict[type, st.SearchStrategy[object]] = {int: st.integers(0, 9999), bool: st.booleans()}
    return kind(**{f.name: draw(values.get(types[f.name], ids)) for f in fields(kind)})


@given(commands())
def test_what_is_packed_is_unpacked_again(command: Command) -> None:
    assert unpack(pack(command)) == command
    assert len(pack(command).encode()) <= LONGEST


@given(st.text(max_size=80))
def test_any_text_is_a_command_or_unreadable(text: str) -> None:
    try:
        command = unpack(text)
    except Unreadable:
        return
    assert type(command) in ALL_COMMANDS


@pytest.mark.parametrize("payload", [None, "", "1", "0a", "1a|x|y|z", "1bx|maybe", "1€", "1n|1e9"])
def test_other_payloads_are_out_of_date(payload: str | None) -> None:
    with pytest.raises(Unreadable):
        unpack(payload)


def test_defaults_cost_no_bytes() -> None:
    assert pack(OpenShifts()) == pack(OpenShifts("", "", 0))
    assert len(pack(OpenShifts())) == 2


def test_what_does_not_fit_is_refused_where_it_is_made() -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        pack(ClaimShift(ShiftId("x" * 63)))
    with pytest.raises(ValueError, match="cannot carry"):
        pack(ReleaseShift(ShiftId("a|b")))


def test_every_command_has_a_handler() -> None:
    assert set(PRESSED) == set(ALL_COMMANDS)


def test_every_family_has_a_sign_and_room_in_it() -> None:
    assert all(sign == "" or (len(sign) == 1 and sign.isdigit()) for sign in FAMILIES)
    assert all(len(family) <= 52 for family in FAMILIES.values())
