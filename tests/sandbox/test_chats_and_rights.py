"""Who may write where: Start, blocks, rights, privacy, migration, topics."""

from __future__ import annotations

import pytest

from sandbox.errors import ControlError
from tests.sandbox.conftest import Refused


async def test_nobody_is_written_to_before_pressing_start(bot, group, li):
    text = await bot.refusal("sendMessage", chat_id=li, text="hi")
    assert text == "Forbidden: bot can't initiate conversation with a user"


async def test_somebody_never_met_has_no_chat(bot, li):
    assert await bot.refusal("sendMessage", chat_id=li, text="hi") == "Bad Request: chat not found"


async def test_a_block_is_told_and_then_felt(bot, sandbox, chen):
    sandbox.control.block(chen)
    change = (await bot.updates())[-1]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    assert await bot.refusal("sendMessage", chat_id=chen, text="hi") == "Forbidden: bot was blocked by the user"
    sandbox.control.start(chen)
    assert await bot("sendMessage", chat_id=chen, text="hi")


async def test_a_deleted_account_is_deactivated(bot, sandbox, chen):
    sandbox.control.delete_account(chen)
    assert await bot.refusal("sendMessage", chat_id=chen, text="hi") == "Forbidden: user is deactivated"


@pytest.mark.parametrize(("kind", "word"), [("group", "group"), ("supergroup", "supergroup")])
async def test_a_bot_put_out_learns_it_and_may_not_write(bot, sandbox, chen, kind, word):
    chat = sandbox.control.chats("Gate", type=kind, owner=chen, bot="member")["chat_id"]
    sandbox.control.remove(chen, chat, "bot")
    kinds = [next(name for name in update if name != "update_id") for update in await bot.updates()]
    assert "my_chat_member" in kinds
    text = await bot.refusal("sendMessage", chat_id=chat, text="hi")
    assert text == f"Forbidden: bot was kicked from the {word} chat"


async def test_a_bot_that_left_is_no_member(bot, group):
    await bot("leaveChat", chat_id=group)
    text = await bot.refusal("sendMessage", chat_id=group, text="hi")
    assert text == "Forbidden: bot is not a member of the supergroup chat"


async def test_a_group_that_was_deleted_says_so(bot, sandbox, basic_group):
    sandbox.control.delete_chat(basic_group)
    assert await bot.refusal("sendMessage", chat_id=basic_group, text="hi") == "Forbidden: the group chat was deleted"


async def test_a_group_that_became_a_supergroup_names_its_new_id(bot, sandbox, basic_group):
    new = sandbox.control.migrate(basic_group)["chat_id"]
    with pytest.raises(Refused) as caught:
        await bot("sendMessage", chat_id=basic_group, text="hi")
    assert caught.value.text == "Bad Request: group chat was upgraded to a supergroup chat"
    assert caught.value.parameters == {"migrate_to_chat_id": new}
    said = [update["message"] for update in await bot.updates()]
    assert [message.get("migrate_to_chat_id") or message.get("migrate_from_chat_id") for message in said] == [
        new,
        basic_group,
    ]
    assert await bot("sendMessage", chat_id=new, text="hi")


async def test_a_group_that_lets_members_write_nothing_refuses_the_bot(bot, sandbox, basic_group):
    sandbox.world.chats[basic_group].permissions["can_send_messages"] = False
    text = await bot.refusal("sendMessage", chat_id=basic_group, text="hi")
    assert text == "Bad Request: not enough rights to send text messages to the chat"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("hello everybody", False),
        ("/shifts", True),
        ("/shifts@muster_sandbox_bot", True),
        ("/shifts@other_bot", False),
        ("look at /shifts", False),
        ("@muster_sandbox_bot hello", False),
    ],
)
async def test_in_privacy_mode_only_what_is_meant_for_the_bot_reaches_it(bot, sandbox, basic_group, li, text, heard):
    sandbox.control.say(li, basic_group, text)
    assert bool(await bot.updates()) is heard


async def test_in_privacy_mode_replies_to_the_bot_reach_it(bot, sandbox, basic_group, li):
    sent = await bot("sendMessage", chat_id=basic_group, text="question")
    sandbox.control.say(li, basic_group, "answer", reply_to=sent["message_id"])
    assert (await bot.updates())[-1]["message"]["reply_to_message"]["text"] == "question"


async def test_without_privacy_mode_the_bot_hears_everything(bot, sandbox, basic_group, li):
    sandbox.control.privacy(enabled=False)
    sandbox.control.say(li, basic_group, "hello everybody")
    assert len(await bot.updates()) == 1


async def test_an_anonymous_administrator_is_the_group(bot, sandbox, group, chen):
    sandbox.control.promote(chen, group, chen, anonymous=True)
    sandbox.control.say(chen, group, "hello")
    message = (await bot.updates())[-1]["message"]
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == group


async def test_messages_into_topics_go_where_they_are_told(bot, sandbox, forum):
    chat, topic = forum
    sent = await bot("sendMessage", chat_id=chat, text="hi", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Shifts"
    assert "message_thread_id" not in await bot("sendMessage", chat_id=chat, text="general")
    for missing in (1, 999):
        refusal = await bot.refusal("sendMessage", chat_id=chat, text="x", message_thread_id=missing)
        assert refusal == "Bad Request: message thread not found"


async def test_a_closed_topic_takes_nothing_from_a_bot_without_the_right(bot, sandbox, forum, chen, li):
    chat, topic = forum
    sandbox.control.promote(chen, chat, "bot", rights={"can_pin_messages": True})
    sandbox.control.topic(chen, chat, "Shifts", do="close")
    text = await bot.refusal("sendMessage", chat_id=chat, text="x", message_thread_id=topic)
    assert text == "Bad Request: TOPIC_CLOSED"
    with pytest.raises(ControlError, match="the topic Shifts is closed"):
        sandbox.control.say(li, chat, "hello", topic="Shifts")


async def test_a_bot_with_the_right_runs_topics(bot, forum, basic_group):
    chat, _ = forum
    made = await bot("createForumTopic", chat_id=chat, name="Incidents")
    where = {"chat_id": chat, "message_thread_id": made["message_thread_id"]}
    assert await bot("closeForumTopic", **where) is True
    assert await bot.refusal("closeForumTopic", **where) == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await bot("editForumTopic", **where, name="Trouble") is True
    assert await bot("deleteForumTopic", **where) is True
    assert await bot.refusal("reopenForumTopic", **where) == "Bad Request: TOPIC_ID_INVALID"
    assert await bot("hideGeneralForumTopic", chat_id=chat) is True
    assert (
        await bot.refusal("createForumTopic", chat_id=basic_group, name="x") == "Bad Request: the chat is not a forum"
    )


async def test_members_are_told_as_they_stand(bot, sandbox, group, chen, li):
    statuses = {who: (await bot("getChatMember", chat_id=group, user_id=who))["status"] for who in (chen, li)}
    assert statuses == {chen: "creator", li: "member"}
    assert await bot("getChatMemberCount", chat_id=group) == 3
    leaders = await bot("getChatAdministrators", chat_id=group)
    assert [leader["user"]["id"] for leader in leaders] == [chen, sandbox.world.bot.id]
    text = await bot.refusal("getChatAdministrators", chat_id=chen)
    assert text == "Bad Request: there are no administrators in the private chat"


async def test_joining_and_leaving_is_told_to_an_administrator_bot(bot, sandbox, group, li):
    await bot("getUpdates", allowed_updates=["message", "chat_member"])
    sandbox.control.leave(li, group)
    sandbox.control.join(li, group)
    found = await bot.updates()
    changes = [update["chat_member"]["new_chat_member"]["status"] for update in found if "chat_member" in update]
    assert changes == ["left", "member"]
    assert [("left_chat_member" in u["message"]) for u in found if "message" in u] == [True, False]


async def test_moderation_follows_the_rights(bot, sandbox, group, chen, li, basic_group):
    await bot("getUpdates", allowed_updates=["chat_member"])
    who = {"chat_id": group, "user_id": li}
    assert await bot("restrictChatMember", **who, permissions={"can_send_messages": False}) is True
    with pytest.raises(ControlError, match="may not write"):
        sandbox.control.say(li, group, "hello")
    assert await bot("banChatMember", **who) is True
    assert await bot("unbanChatMember", **who, only_if_banned=True) is True
    statuses = [update["chat_member"]["new_chat_member"]["status"] for update in await bot.updates()]
    assert statuses == ["restricted", "kicked", "left"]
    assert await bot.refusal("banChatMember", chat_id=group, user_id=chen) == "Bad Request: can't remove chat owner"
    text = await bot.refusal("restrictChatMember", chat_id=basic_group, user_id=li, permissions={})
    assert text == "Bad Request: method is available only for supergroups"


async def test_a_bot_promotes_only_with_the_right(bot, sandbox, group, chen, li):
    who = {"chat_id": group, "user_id": li}
    assert await bot.refusal("promoteChatMember", **who, can_pin_messages=True) == "Bad Request: not enough rights"
    rights = {"can_promote_members": True, "can_pin_messages": True}
    sandbox.control.promote(chen, group, "bot", rights=rights)
    assert await bot("promoteChatMember", **who, can_pin_messages=True) is True
    assert (await bot("getChatMember", **who))["can_be_edited"] is True
    assert await bot.refusal("promoteChatMember", **who, can_change_info=True) == "Bad Request: RIGHT_FORBIDDEN"


async def test_newcomers_come_through_links_and_requests(bot, sandbox, group):
    wang = sandbox.control.people(name="Wang")["people"][0]["id"]
    link = await bot("createChatInviteLink", chat_id=group, creates_join_request=True)
    sandbox.control.open(wang, link["invite_link"])
    request = (await bot.updates())[-1]["chat_join_request"]
    assert (request["from"]["id"], request["invite_link"]["invite_link"]) == (wang, link["invite_link"])
    assert await bot("sendMessage", chat_id=wang, text="one question first")
    assert await bot("approveChatJoinRequest", chat_id=group, user_id=wang) is True
    assert (await bot("getChatMember", chat_id=group, user_id=wang))["status"] == "member"
    text = await bot.refusal("approveChatJoinRequest", chat_id=group, user_id=wang)
    assert text == "Bad Request: HIDE_REQUESTER_MISSING"
    plain = await bot("exportChatInviteLink", chat_id=group)
    await bot("revokeChatInviteLink", chat_id=group, invite_link=plain)
    with pytest.raises(ControlError, match="INVITE_HASH_EXPIRED"):
        sandbox.control.open(wang, plain)


async def test_reactions_reach_an_administrator_that_asked_for_them(bot, sandbox, group, li):
    await bot("getUpdates", allowed_updates=["message_reaction"])
    sent = await bot("sendMessage", chat_id=group, text="read this")
    sandbox.control.react(li, group, sent["message_id"], "👍")
    reaction = (await bot.updates())[-1]["message_reaction"]
    assert (reaction["user"]["id"], reaction["new_reaction"]) == (li, [{"type": "emoji", "emoji": "👍"}])
    where = {"chat_id": group, "message_id": sent["message_id"]}
    assert await bot("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👀"}]) is True
    text = await bot.refusal("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "🥝"}])
    assert text == "Bad Request: REACTION_INVALID"


async def test_polls_are_counted_and_closed(bot, sandbox, group, li):
    options = [{"text": "Mon"}, {"text": "Tue"}]
    sent = await bot("sendPoll", chat_id=group, question="When?", options=options, is_anonymous=False)
    sandbox.control.vote(li, group, sent["message_id"], [1])
    answer, counts = (await bot.updates())[-2:]
    assert answer["poll_answer"]["option_ids"] == [1]
    assert [option["voter_count"] for option in counts["poll"]["options"]] == [0, 1]
    where = {"chat_id": group, "message_id": sent["message_id"]}
    assert (await bot("stopPoll", **where))["is_closed"] is True
    assert await bot.refusal("stopPoll", **where) == "Bad Request: poll has already been closed"


async def test_everybody_gets_the_menu_of_the_narrowest_scope_in_their_language(bot, sandbox, group, chen, li):
    async def offer(name, **scope):
        await bot("setMyCommands", commands=[{"command": name, "description": "x"}], **scope)

    await offer("everywhere")
    await offer("groups", scope={"type": "all_group_chats"})
    await offer("zu", scope={"type": "all_group_chats"}, language_code="zh")
    await offer("leaders", scope={"type": "all_chat_administrators"})

    def menu(person, chat):
        return sandbox.control.view(person, chat)["chats"][0]["commands"][0]["command"]

    assert [menu(chen, group), menu(li, group), menu(chen, "bot")] == ["leaders", "zu", "everywhere"]
    assert await bot("getMyCommands", scope={"type": "all_private_chats"}) == []
