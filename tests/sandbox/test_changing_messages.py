"""Edits, deletions, pins, forwards and copies."""

from __future__ import annotations

import pytest

from tests.sandbox.conftest import keyboard

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@pytest.fixture
async def card(bot, group):
    """A message of the bot's with a keyboard, as parameters that name it."""
    sent = await bot("sendMessage", chat_id=group, text="<b>card</b>", parse_mode="HTML", reply_markup=keyboard("A"))
    return {"chat_id": group, "message_id": sent["message_id"]}


async def test_an_edit_that_changes_nothing_is_refused(bot, card):
    same = {"text": "*card*", "parse_mode": "MarkdownV2", "reply_markup": keyboard("A")}
    assert await bot.refusal("editMessageText", **card, **same) == NOT_MODIFIED


@pytest.mark.parametrize("change", [{"text": "card"}, {"text": "*card*"}])
async def test_text_entities_and_keyboard_each_count_as_a_change(bot, card, change):
    kept = {"parse_mode": "MarkdownV2"} | ({"reply_markup": keyboard("A")} if change["text"] == "card" else {})
    assert (await bot("editMessageText", **card, **change, **kept))["edit_date"]


async def test_an_edit_without_a_keyboard_drops_it(bot, card):
    assert "reply_markup" not in await bot("editMessageText", **card, text="new")
    assert await bot.refusal("editMessageReplyMarkup", **card) == NOT_MODIFIED


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("editMessageText", {"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ("editMessageText", {"text": ""}, "message text is empty"),
        ("editMessageCaption", {"caption": "x"}, "there is no caption in the message to edit"),
        ("editMessageText", {"text": "x", "message_id": 999}, "message to edit not found"),
        ("stopPoll", {}, "message with poll to stop not found"),
    ],
)
async def test_an_edit_that_breaks_a_rule_is_refused(bot, card, method, params, text):
    assert await bot.refusal(method, **{**card, **params}) == f"Bad Request: {text}"


async def test_only_own_messages_can_be_edited(bot, sandbox, group, li):
    theirs = sandbox.control.say(li, group, "hello")["message_id"]
    text = await bot.refusal("editMessageText", chat_id=group, message_id=theirs, text="x")
    assert text == "Bad Request: message can't be edited"


async def test_a_message_sent_with_a_reply_keyboard_is_never_edited(bot, chen):
    sent = await bot("sendMessage", chat_id=chen, text="x", reply_markup={"keyboard": [[{"text": "A"}]]})
    text = await bot.refusal("editMessageText", chat_id=chen, message_id=sent["message_id"], text="y")
    assert text == "Bad Request: message can't be edited"


async def test_a_caption_and_the_media_itself_can_be_changed(bot, sandbox, chen):
    sandbox.control.say(chen, "bot", photo=True)
    photo = (await bot.updates())[-1]["message"]["photo"][-1]["file_id"]
    sent = await bot("sendPhoto", chat_id=chen, photo=photo, caption="old")
    where = {"chat_id": chen, "message_id": sent["message_id"]}
    assert (await bot("editMessageCaption", **where, caption="new"))["caption"] == "new"
    media = {"type": "photo", "media": photo, "caption": "newer"}
    assert (await bot("editMessageMedia", **where, media=media))["caption"] == "newer"
    assert await bot.refusal("editMessageCaption", **where, caption="x" * 1025) == "Bad Request: MEDIA_CAPTION_TOO_LONG"


async def test_messages_older_than_48_hours_stay(bot, sandbox, card):
    sandbox.clock.move(48 * 3600)
    assert await bot.refusal("deleteMessage", **card) == "Bad Request: message can't be deleted"


async def test_deleting_is_for_own_messages_or_with_the_right(bot, sandbox, basic_group, li):
    theirs = {"chat_id": basic_group, "message_id": sandbox.control.say(li, basic_group, "hi")["message_id"]}
    assert await bot.refusal("deleteMessage", **theirs) == "Bad Request: message can't be deleted"
    sandbox.control.promote("Chen", basic_group, "bot", rights={"can_delete_messages": True})
    assert await bot("deleteMessage", **theirs) is True
    assert await bot.refusal("deleteMessage", **theirs) == "Bad Request: message to delete not found"


async def test_deleting_many_skips_what_is_gone(bot, card):
    assert await bot("deleteMessages", chat_id=card["chat_id"], message_ids=[card["message_id"], 999]) is True


async def test_pinning_says_so_in_the_chat_and_needs_the_right(bot, sandbox, card, basic_group):
    assert await bot("pinChatMessage", **card) is True
    service = (await bot.updates())[-1]["message"]
    assert service["pinned_message"]["text"] == "card"
    assert (await bot("getChat", chat_id=card["chat_id"]))["pinned_message"]["message_id"] == card["message_id"]
    assert await bot("unpinChatMessage", chat_id=card["chat_id"]) is True
    other = await bot("sendMessage", chat_id=basic_group, text="x")
    text = await bot.refusal("pinChatMessage", chat_id=basic_group, message_id=other["message_id"])
    assert text == "Bad Request: not enough rights to manage pinned messages in the chat"


async def test_a_forward_names_its_origin_and_a_copy_does_not(bot, sandbox, card, chen):
    source = {"from_chat_id": card["chat_id"], "message_id": card["message_id"], "chat_id": chen}
    forwarded = await bot("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == sandbox.world.bot.id
    copy = await bot("copyMessage", **source)
    assert sandbox.control.view(chen)["chats"][0]["messages"][-1]["id"] == copy["message_id"]
    assert await bot.refusal("copyMessage", **{**source, "message_id": 999}) == "Bad Request: message to copy not found"


async def test_a_persons_edit_reaches_the_bot(bot, sandbox, group, li):
    said = sandbox.control.say(li, group, "helo")
    sandbox.control.edit(li, group, said["message_id"], "hello")
    assert (await bot.updates())[-1]["edited_message"]["text"] == "hello"


async def test_every_version_of_a_message_is_recorded(bot, sandbox, card, group):
    await bot("editMessageText", **card, text="new")
    await bot("deleteMessage", **card)
    versions = sandbox.control.received(group)["versions"]
    assert [(row["action"], row["text"]) for row in versions if row["message_id"] == card["message_id"]] == [
        ("sent", "card"),
        ("edited", "new"),
        ("deleted", "new"),
    ]
