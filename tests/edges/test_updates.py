"""An update is read without what no handler reads of it."""

import pytest
from telegram import Bot

from handlers.wire.updates import parsed

CHAT = {"id": -1001, "type": "supergroup", "title": "Riverside", "is_forum": True}
LI = {"id": 5, "is_bot": False, "first_name": "Li"}
CARD = {
    "message_id": 7,
    "date": 1796083200,
    "chat": CHAT,
    "is_topic_message": True,
    "message_thread_id": 3,
    "text": "North Gate",
    "entities": [{"type": "bold", "offset": 0, "length": 5}],
    "reply_markup": {"inline_keyboard": [[{"text": "Claim", "callback_data": "1as1"}]]},
}


@pytest.fixture
def bot():
    return Bot("123456:test")


def press(**more):
    query = {"id": "1", "from": LI, "chat_instance": "1", "data": "1as1", **more}
    return {"update_id": 9, "callback_query": query}


def test_of_a_pressed_card_it_is_known_where_it_stands_and_not_what_it_looks_like(bot):
    query = parsed(press(message=CARD), bot).callback_query

    assert (query.data, query.from_user.id) == ("1as1", 5)
    assert (query.message.chat.id, query.message.message_id, query.message.message_thread_id) == (-1001, 7, 3)
    assert query.message.reply_markup is None
    assert query.message.entities == ()


def test_a_reply_to_a_card_knows_which_and_is_spared_its_buttons(bot):
    raw = {"update_id": 9, "message": {**CARD, "message_id": 8, "from": LI, "reply_to_message": CARD}}

    message = parsed(raw, bot).message

    assert message.text == "North Gate"
    assert message.reply_to_message.message_id == 7
    assert message.reply_to_message.reply_markup is None


def test_what_came_is_left_as_it_was(bot):
    raw = press(message=dict(CARD))

    parsed(raw, bot)

    assert raw == press(message=CARD)


def test_a_press_on_a_message_that_telegram_no_longer_knows_is_read_too(bot):
    assert parsed(press(), bot).callback_query.message is None


@pytest.mark.parametrize("message", [7, "x", ["y"]])
def test_a_message_that_is_none_is_the_librarys_to_refuse(bot, message):
    with pytest.raises((TypeError, ValueError, AttributeError)):
        parsed(press(message=message), bot)
