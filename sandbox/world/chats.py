"""Chats, their members and their topics."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.world.messages import Message

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
DEFAULT_DENIED = frozenset({"can_change_info", "can_pin_messages", "can_manage_topics", "can_edit_tag"})
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
PRESENT = frozenset({"creator", "administrator", "member"})


@dataclass
class Member:
    """One account in one chat; `status` is the Bot API's word, `rights` an administrator's or a restricted one's."""

    user_id: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    title: str | None = None
    tag: str | None = None
    until: int = 0
    promoted_by_bot: bool = False
    is_member: bool = True  # of a restricted account: whether it is in the chat

    @property
    def present(self) -> bool:
        """Whether the account is in the chat."""
        return self.status in PRESENT or (self.status == "restricted" and self.is_member)

    @property
    def leads(self) -> bool:
        """Whether it is the owner or an administrator."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether an administrator holds the right; the owner holds every one."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass
class Topic:
    """A forum topic; General has id 0 here and no `message_thread_id` on the wire."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    hidden: bool = False
    by_bot: bool = False


@dataclass
class InviteLink:
    """A way into a chat."""

    url: str
    creator_id: int
    name: str | None = None
    expires: int | None = None
    member_limit: int | None = None
    asks: bool = False
    primary: bool = False
    revoked: bool = False
    joined: int = 0


def default_permissions() -> dict[str, bool]:
    """What members of a new group may do."""
    return {name: name not in DEFAULT_DENIED for name in PERMISSIONS}


@dataclass
class Chat:
    """A conversation. A private chat's id is the person's.

    `reply_keyboards` holds, by person, the reply keyboard or force reply that the chat shows.
    """

    id: int
    type: str
    title: str = ""
    username: str | None = None
    description: str = ""
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    permissions: dict[str, bool] = field(default_factory=default_permissions)
    links: list[InviteLink] = field(default_factory=list)
    join_requests: dict[int, float] = field(default_factory=dict)
    reply_keyboards: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    last_message_id: int = 0
    upgraded_to: int | None = None
    deleted: bool = False
    typing_until: float = 0.0
    instance: str = ""
    last_audience: tuple[int, ...] = ()

    @property
    def private(self) -> bool:
        """Whether this is one person's chat with the bot."""
        return self.type == "private"

    @property
    def numbers_own_messages(self) -> bool:
        """Whether message ids count per chat; private chats and basic groups share the account's sequence."""
        return self.type in {"supergroup", "channel"}

    @property
    def alive(self) -> bool:
        """Whether it is neither deleted nor upgraded to another chat."""
        return self.upgraded_to is None and not self.deleted

    def member(self, user_id: int) -> Member:
        """The account's standing here; somebody never seen has `left`."""
        return self.members.get(user_id) or Member(user_id, "left")

    def allows(self, member: Member, permission: str) -> bool:
        """Whether the chat lets its plain members, and this one in particular, do that."""
        own = member.status != "restricted" or member.rights.get(permission, False)
        return own and self.permissions.get(permission, False)

    def closed_to(self, member: Member, thread_id: int | None) -> bool:
        """Whether the topic (None: General) is closed for this member; never outside forums."""
        closed = self.is_forum and self.topics[thread_id or 0].closed
        return closed and not member.may("can_manage_topics")

    def present(self) -> Iterator[Member]:
        """Who is in the chat."""
        return (member for member in self.members.values() if member.present)

    def audience(self) -> tuple[int, ...]:
        """The people who see what is said here: the private chat's person, or every member, bots included."""
        fresh = (self.id,) if self.private else tuple(member.user_id for member in self.present())
        if fresh != self.last_audience:  # one tuple for all that is said while nobody comes or goes
            self.last_audience = fresh
        return self.last_audience

    def right_names(self) -> tuple[str, ...]:
        """The administrator rights that this kind of chat knows."""
        return RIGHTS + (CHANNEL_RIGHTS if self.type == "channel" else GROUP_RIGHTS)

    def topic_of(self, message: Message) -> int | None:
        """The topic that a message stands in: 0 is General, None where there are no topics."""
        return (message.thread_id or 0) if self.is_forum else None


def chat_object(chat: Chat, person: dict[str, Any] | None = None) -> dict[str, Any]:
    """The chat as a Bot API `Chat`; a private one is described by its `person`'s User object."""
    if chat.private:
        told = person or {}
        names: dict[str, Any] = {name: told[name] for name in ("first_name", "last_name", "username") if name in told}
        return {"id": chat.id, "type": "private", **names}
    described: dict[str, Any] = {"id": chat.id, "type": chat.type, "title": chat.title}
    if chat.username:
        described["username"] = chat.username
    if chat.is_forum:
        described["is_forum"] = True
    return described
