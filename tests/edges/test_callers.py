"""Telegram's users as our services know them."""

import pytest
from telegram import User

from handlers.wire.callers import caller


@pytest.mark.parametrize("first_name", ["", "\u202e", "   "])
def test_somebody_without_a_name_that_can_be_read_is_called_by_their_number(first_name):
    assert caller(User(7, first_name, is_bot=False)).name == "#7"


def test_a_name_is_taken_as_it_is_and_bots_are_nobody():
    assert caller(User(7, "Mei", is_bot=False, last_name="Wang")).name == "Mei Wang"
    assert caller(User(8, "Robot", is_bot=True)).account is None
