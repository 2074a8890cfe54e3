"""An update is read without what no handler reads of it."""

import pytest
from telegram import Bot, CallbackQuery

from handlers.wire.updates import parsed, pressed

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
    return {"id": "1", "from": LI, "chat_instance": "1", "data": "1as1", **more}


def test_of_a_pressed_card_it_is_known_where_it_stands(bot):
    read = pressed(press(message=CARD), bot)

    assert (read.id, read.data, read.from_user.id, read.from_user.full_name) == ("1", "1as1", 5, "Li")
    card = read.message
    assert (card.chat.id, card.chat.is_forum, card.message_id) == (-1001, True, 7)
    assert (card.message_thread_id, card.is_topic_message) == (3, True)


def test_a_press_reads_as_the_library_reads_it(bot):
    raw = press(message=CARD)

    ours, theirs = pressed(raw, bot), CallbackQuery.de_json(raw, bot)

    assert (ours.id, ours.data, ours.from_user) == (theirs.id, theirs.data, theirs.from_user)
    for name in ("chat", "message_id", "message_thread_id", "is_topic_message"):
        assert getattr(ours.message, name) == getattr(theirs.message, name)


def test_outside_forums_a_card_stands_in_no_topic(bot):
    card = pressed(press(message={"message_id": 7, "date": 0, "chat": CHAT}), bot).message

    assert (card.message_thread_id, card.is_topic_message) == (None, False)


@pytest.mark.parametrize("query", [{}, {"inline_message_id": "5"}])
def test_a_press_on_a_message_that_telegram_no_longer_shows_stands_nowhere(bot, query):
    assert pressed(press(**query), bot).message is None


def test_a_game_that_is_pressed_carries_no_data(bot):
    raw = press(message=CARD)
    del raw["data"]

    assert pressed(raw, bot).data is None


@pytest.mark.parametrize("query", [7, {"id": "1"}, {"id": "1", "from": 5}, {"id": "1", "from": LI, "message": 7}])
def test_a_malformed_press_is_refused(bot, query):
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        pressed(query, bot)


def test_a_reply_to_a_card_knows_which_and_is_spared_its_buttons(bot):
    raw = {"update_id": 9, "message": {**CARD, "message_id": 8, "from": LI, "reply_to_message": CARD}}

    message = parsed(raw, bot).message

    assert message.text == "North Gate"
    assert message.reply_to_message.message_id == 7
    assert message.reply_to_message.reply_markup is None


def test_what_came_is_left_as_it_was(bot):
    raw = {"update_id": 9, "message": {**CARD, "reply_to_message": dict(CARD)}}

    parsed(raw, bot)

    assert raw == {"update_id": 9, "message": {**CARD, "reply_to_message": CARD}}
