"""Members: banning, restricting, promoting, and join requests."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of, require_right, user_of
from sandbox.world.chats import PERMISSIONS, Chat, Member
from sandbox.world.membership import depart, enter, set_member

RESTRICT_REFUSAL = "not enough rights to restrict/unrestrict chat member"  # TDLib
ONLY_SUPERGROUPS = "method is available only for supergroups"  # server
NOT_IN_GROUPS = "method is available for supergroup and channel chats only"  # server
_SHORTEST, _LONGEST = 30, 366 * 86400  # seconds; Bot API docs: other dates mean for ever


def ban_chat_member(call: Call) -> Any:
    """`banChatMember`."""
    user_id = user_of(call)
    chat = _restrictable(call, user_id)
    depart(
        call.world,
        chat,
        user_id,
        actor_id=call.world.bot.id,
        banned=chat.type != "group",
        until=_until(call),
    )
    return True


def unban_chat_member(call: Call) -> Any:
    """`unbanChatMember`: without `only_if_banned` it also puts a present member out (Bot API docs)."""
    user_id = user_of(call)
    chat = chat_of(call, Access.WRITE)
    if chat.type not in {"supergroup", "channel"}:
        raise bad_request(NOT_IN_GROUPS)
    require_right(call, chat, "can_restrict_members", RESTRICT_REFUSAL)
    before = chat.member(user_id)
    if before.status == "kicked" or (before.present and not call.get("only_if_banned", False)):
        _refuse_leaders(chat, user_id)
        set_member(call.world, chat, Member(user_id, "left"), actor_id=call.world.bot.id)
    return True


def restrict_chat_member(call: Call) -> Any:
    """`restrictChatMember`: all permissions given back make a plain member again."""
    user_id = user_of(call)
    given = call.get("permissions", {})
    chat = chat_of(call, Access.WRITE)
    if chat.type != "supergroup":
        raise bad_request(ONLY_SUPERGROUPS)
    _check_restricting(call, chat, user_id)
    before = chat.member(user_id)
    rights = {name: bool(given.get(name, False)) for name in PERMISSIONS}
    lifted = all(rights[name] for name, allowed in chat.permissions.items() if allowed)
    if lifted:
        fresh = Member(user_id, "member" if before.present else "left", tag=before.tag)
    else:
        fresh = Member(user_id, "restricted", rights, until=_until(call), is_member=before.present, tag=before.tag)
    set_member(call.world, chat, fresh, actor_id=call.world.bot.id)
    return True


def promote_chat_member(call: Call) -> Any:
    """`promoteChatMember`: a bot gives only rights it has; none at all makes a plain member (server, TDLib)."""
    user_id = user_of(call)
    chat = chat_of(call, Access.WRITE)
    if chat.type not in {"supergroup", "channel"}:
        raise bad_request(NOT_IN_GROUPS)
    _check_promoting(call, chat, user_id)
    me, before = chat.member(call.world.bot.id), chat.member(user_id)
    wanted = {name for name in chat.right_names() if call.get(name, False)}
    if not all(me.may(name) for name in wanted):
        raise bad_request("RIGHT_FORBIDDEN")  # seen
    anonymous = bool(call.get("is_anonymous", False))
    fresh = Member(user_id, tag=before.tag)
    if wanted or anonymous:
        rights = dict.fromkeys(sorted(wanted | {"can_manage_chat"}), True)
        fresh = Member(user_id, "administrator", rights, anonymous, before.title, promoted_by_bot=True)
    set_member(call.world, chat, fresh, actor_id=call.world.bot.id)
    return True


def _check_promoting(call: Call, chat: Chat, user_id: int) -> None:
    """Who may be promoted or demoted by the bot."""
    before = chat.member(user_id)
    if before.status == "creator":
        raise bad_request("can't remove chat owner")
    others = before.status == "administrator" and not before.promoted_by_bot
    if others or not chat.member(call.world.bot.id).may("can_promote_members"):
        raise bad_request("not enough rights")  # TDLib
    if not before.present:
        raise bad_request("USER_NOT_PARTICIPANT")  # seen


def set_custom_title(call: Call) -> Any:
    """`setChatAdministratorCustomTitle`."""
    user_id = user_of(call)
    chat = chat_of(call, Access.WRITE)
    if chat.type not in {"group", "supergroup"}:
        raise bad_request("method is available only for groups and supergroups")
    member = chat.member(user_id)
    if member.status == "creator":
        raise bad_request("only the owner can edit their custom title")
    if member.status != "administrator":
        raise bad_request("user is not an administrator")
    if not member.promoted_by_bot:
        raise bad_request("not enough rights to change custom title of the user")
    member.title = str(call.get("custom_title", ""))[:16] or None
    call.world.changed("chat", chat_id=chat.id)
    return True


def approve_chat_join_request(call: Call) -> Any:
    """`approveChatJoinRequest`."""
    user_id, chat = _request(call)
    enter(call.world, chat, user_id, actor_id=call.world.bot.id, by_request=True)
    return True


def decline_chat_join_request(call: Call) -> Any:
    """`declineChatJoinRequest`."""
    _request(call)
    return True


def _request(call: Call) -> tuple[int, Chat]:
    user_id = user_of(call)
    chat = chat_of(call, Access.WRITE)
    require_right(call, chat, "can_invite_users", "not enough rights to manage chat join requests")  # TDLib
    if chat.join_requests.pop(user_id, None) is None:
        raise bad_request("HIDE_REQUESTER_MISSING")  # seen
    return user_id, chat


def _restrictable(call: Call, user_id: int) -> Chat:
    chat = chat_of(call, Access.WRITE)
    _check_restricting(call, chat, user_id)
    return chat


def _check_restricting(call: Call, chat: Chat, user_id: int) -> None:
    """Who may be touched, in TDLib's order and words."""
    if user_id == call.world.bot.id:
        raise bad_request("can't restrict self")
    require_right(call, chat, "can_restrict_members", RESTRICT_REFUSAL)
    _refuse_leaders(chat, user_id)


def _refuse_leaders(chat: Chat, user_id: int) -> None:
    member = chat.member(user_id)
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.status == "administrator" and not member.promoted_by_bot:
        raise bad_request("user is an administrator of the chat")


def _until(call: Call) -> int:
    until = int(call.get("until_date", 0))
    away = until - call.world.now()
    return until if _SHORTEST <= away <= _LONGEST else 0


METHODS = {
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "restrictChatMember": restrict_chat_member,
    "promoteChatMember": promote_chat_member,
    "setChatAdministratorCustomTitle": set_custom_title,
    "approveChatJoinRequest": approve_chat_join_request,
    "declineChatJoinRequest": decline_chat_join_request,
}
