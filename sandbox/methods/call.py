"""One call of a Bot API method, and the checks that nearly all methods share."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sandbox.errors import ApiError, bad_request, forbidden
from sandbox.world.chats import Chat, Member
from sandbox.world.membership import lift_expired
from sandbox.world.messages import Message
from sandbox.world.world import World


@dataclass
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes
    mime_type: str = ""


@dataclass
class Call:
    """A method with its parameters, typed as the Bot API says, and the files that came along (by field name)."""

    world: World
    method: str
    params: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter, or the default when it was not given."""
        value = self.params.get(name)
        return default if value is None else value


class Access(IntEnum):
    """How much a method needs of a chat (server `AccessRights`)."""

    READ = 0
    READ_MEMBERS = 1
    EDIT = 2
    WRITE = 3


def chat_of(call: Call, access: Access, name: str = "chat_id") -> Chat:
    """The chat that a parameter names, if the bot has that access to it.

    Raises `ApiError` as the server's `check_chat` and `check_chat_access` do, in their order.
    """
    value = call.params.get(name)
    if value in (None, ""):
        raise bad_request("chat_id is empty")
    chat = _find(call.world, value)
    if chat is None:
        raise bad_request("chat not found")
    lift_expired(call.world, chat)
    if chat.private:
        _check_private(call.world, chat, access)
    elif chat.type == "group":
        _check_group(call.world, chat, access)
    else:
        _check_supergroup(call.world, chat, access)
    return chat


def _find(world: World, value: int | str) -> Chat | None:
    if isinstance(value, str):
        return _by_username(world, value)
    chat = world.chats.get(value)
    if chat is None:
        return None
    met = bot_knows(world, chat.id) if chat.private else world.bot.id in chat.members
    return chat if met else None


def _by_username(world: World, value: str) -> Chat | None:
    if not value.startswith("@"):
        return None
    named = (chat for chat in world.groups() if (chat.username or "").lower() == value[1:].lower())
    return next(named, None)


def bot_knows(world: World, person_id: int) -> bool:
    """Whether the bot has met the person: in private, in a chat they share, or by a join request (TDLib)."""
    if world.people[person_id].started:
        return True
    return any(
        world.bot.id in chat.members and (person_id in chat.members or person_id in chat.join_requests)
        for chat in world.chats.values()
        if not chat.private
    )


def _check_private(world: World, chat: Chat, access: Access) -> None:
    person = world.people[chat.id]
    if person.deleted and access >= Access.EDIT:
        raise forbidden("user is deactivated")
    if access < Access.WRITE:
        return
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started and not _asked_to_join(world, chat.id):
        raise forbidden("bot can't initiate conversation with a user")


def _asked_to_join(world: World, person_id: int) -> bool:
    """A join request lets the bot write for five minutes (Bot API docs, ChatJoinRequest)."""
    return any(
        world.now() - chat.join_requests[person_id] <= 300
        for chat in world.chats.values()
        if person_id in chat.join_requests
    )


def _check_group(world: World, chat: Chat, access: Access) -> None:
    access = Access.WRITE if access is Access.READ_MEMBERS else access
    if chat.upgraded_to is not None and access >= Access.EDIT:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, text, migrate_to_chat_id=chat.upgraded_to)
    if chat.deleted and access >= Access.WRITE:
        raise forbidden("the group chat was deleted")
    member = chat.member(world.bot.id)
    if access >= Access.EDIT and member.status == "kicked":
        raise forbidden("bot was kicked from the group chat")
    if access >= Access.EDIT and not member.present:
        raise forbidden("bot is not a member of the group chat")


def _check_supergroup(world: World, chat: Chat, access: Access) -> None:
    kind = "supergroup" if chat.type == "supergroup" else "channel"
    member = chat.member(world.bot.id)
    if chat.deleted:
        raise bad_request("chat not found")
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    needed = access >= Access.EDIT if chat.username else True
    if needed and not member.present:
        raise forbidden(f"bot is not a member of the {kind} chat")


def message_of(call: Call, chat: Chat, what: str, name: str = "message_id") -> Message:
    """The message a parameter names; raises `message to <what> not found` (server `check_message`)."""
    message = chat.messages.get(call.get(name, 0))
    if message is None:
        if not call.params.get(name):
            raise bad_request("message identifier is not specified")
        raise bad_request(f"message to {what} not found")
    return message


def bot_member(call: Call, chat: Chat) -> Member:
    """The bot's standing in the chat."""
    return chat.member(call.world.bot.id)


def require_right(call: Call, chat: Chat, right: str, refusal: str) -> None:
    """Refuse unless the bot is an administrator with the right."""
    if not bot_member(call, chat).may(right):
        raise bad_request(refusal)


def user_of(call: Call, name: str = "user_id") -> int:
    """The account that a parameter names. Raises `invalid user_id specified` or `user not found` (server)."""
    value = call.params.get(name)
    if not isinstance(value, int) or value <= 0:
        raise bad_request("invalid user_id specified")
    if value != call.world.bot.id and value not in call.world.people:
        raise bad_request("user not found")
    return value
