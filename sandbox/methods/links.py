"""Invite links."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of, require_right
from sandbox.world.chats import Chat, InviteLink
from sandbox.world.render import link_object

REFUSAL = "not enough rights to manage chat invite link"  # TDLib


def export_chat_invite_link(call: Call) -> Any:
    """`exportChatInviteLink`: a new primary link of the bot's own; the old one is revoked (Bot API docs)."""
    chat = _inviting(call)
    for link in chat.links:
        if link.primary and link.creator_id == call.world.bot.id:
            link.revoked = True
    return _made(call, chat, primary=True).url


def create_chat_invite_link(call: Call) -> Any:
    """`createChatInviteLink`."""
    chat = _inviting(call)
    fields = _fields(call)
    link = _made(call, chat)
    _set(link, fields)
    return link_object(call.world, chat, link)


def edit_chat_invite_link(call: Call) -> Any:
    """`editChatInviteLink`: what is left out goes back to its default (server); a primary link cannot be edited."""
    chat = _inviting(call)
    link = _own(call, chat)
    if link.primary:
        raise bad_request("CHAT_INVITE_PERMANENT")
    _set(link, _fields(call))
    return link_object(call.world, chat, link)


def revoke_chat_invite_link(call: Call) -> Any:
    """`revokeChatInviteLink`: revoking the primary one makes a new one (Bot API docs)."""
    chat = _inviting(call)
    link = _own(call, chat)
    link.revoked = True
    if link.primary:
        _made(call, chat, primary=True)
    return link_object(call.world, chat, link)


def _inviting(call: Call) -> Chat:
    chat = chat_of(call, Access.WRITE)
    require_right(call, chat, "can_invite_users", REFUSAL)
    return chat


def _made(call: Call, chat: Chat, *, primary: bool = False) -> InviteLink:
    link = InviteLink(f"https://t.me/+{call.world.rng.randbytes(9).hex()}", call.world.bot.id, primary=primary)
    chat.links.append(link)
    return link


def _own(call: Call, chat: Chat) -> InviteLink:
    url = str(call.get("invite_link", ""))
    if not url:
        raise bad_request("invite link must be non-empty")
    link = next((one for one in chat.links if one.url == url), None)
    if link is None:
        raise bad_request("INVITE_HASH_INVALID")  # seen
    if link.creator_id != call.world.bot.id:
        raise bad_request("CHAT_ADMIN_REQUIRED")  # guess
    return link


def _fields(call: Call) -> dict[str, Any]:
    asks, limit = bool(call.get("creates_join_request", False)), call.get("member_limit")
    if asks and limit:
        raise bad_request("member limit can't be specified for links requiring administrator approval")  # TDLib
    return {
        "name": str(call.get("name", ""))[:32] or None,
        "expires": call.get("expire_date"),
        "member_limit": limit,
        "asks": asks,
    }


def _set(link: InviteLink, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(link, name, value)


METHODS = {
    "exportChatInviteLink": export_chat_invite_link,
    "createChatInviteLink": create_chat_invite_link,
    "editChatInviteLink": edit_chat_invite_link,
    "revokeChatInviteLink": revoke_chat_invite_link,
}
