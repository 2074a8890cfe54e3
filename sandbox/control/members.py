"""Joining, leaving, adding, removing, promoting: what people do to a chat's membership, and to its topics and title."""

from dataclasses import replace
from typing import Any

from sandbox.control.people import ADMIN_RIGHTS, bot_rights
from sandbox.control.refs import Desk, Ref
from sandbox.errors import ControlError
from sandbox.world.chats import Chat, InviteLink, Member, Topic
from sandbox.world.membership import depart, enter, set_member
from sandbox.world.posting import service
from sandbox.world.render import link_object
from sandbox.world.topics import open_topic, remove_topic
from sandbox.world.world import World


class MemberVerbs(Desk):
    """`join`, `leave`, `add`, `remove`, `promote`, `demote`, `restrict`, `ask_to_join`, `title`, `topic`."""

    def join(self, person: Ref, chat: Ref) -> dict[str, Any]:
        """Come in by oneself."""
        who, where = self.find_person(person), self.find_chat(chat)
        if where.member(who.id).status == "kicked":
            raise ControlError(f"{who.name} was removed from {where.title}")
        enter(self.world, where, who.id, actor_id=who.id)
        return {}

    def leave(self, person: Ref, chat: Ref) -> dict[str, Any]:
        """Go by oneself."""
        who, where = self.seat(person, chat)
        depart(self.world, where, who.id, actor_id=who.id)
        return {}

    def add(
        self,
        person: Ref,
        chat: Ref,
        member: Ref,
        *,
        as_admin: bool = False,
        rights: dict[str, bool] | None = None,
    ) -> dict[str, Any]:
        """Bring somebody, or the bot, into the chat."""
        who, where = self.seat(person, chat)
        user_id = self.find_member(member)
        if not where.member(who.id).leads and not where.permissions.get("can_invite_users", False):
            raise ControlError(f"{who.name} may not add anybody to {where.title}")
        granted = None
        if as_admin or rights is not None:
            if not where.member(who.id).may("can_promote_members"):
                raise ControlError(f"{who.name} may not appoint administrators in {where.title}")
            granted = rights if rights is not None else bot_rights(self.world.bot.default_rights)
        enter(self.world, where, user_id, actor_id=who.id, rights=granted)
        return {}

    def remove(self, person: Ref, chat: Ref, member: Ref) -> dict[str, Any]:
        """Put somebody, or the bot, out of the chat."""
        who, where = self.seat(person, chat)
        user_id = self.find_member(member)
        self.require_leader(who, where, "can_restrict_members")
        self._require_present(where, user_id)
        depart(self.world, where, user_id, actor_id=who.id, banned=where.type != "group")
        return {}

    def promote(
        self,
        person: Ref,
        chat: Ref,
        member: Ref,
        *,
        rights: dict[str, bool] | None = None,
        title: str | None = None,
        anonymous: bool = False,
    ) -> dict[str, Any]:
        """Make somebody an administrator, or change what one may do. The owner may make itself anonymous this way."""
        who, where = self.seat(person, chat)
        user_id = self.find_member(member)
        self.require_leader(who, where, "can_promote_members")
        self._require_present(where, user_id)
        before = where.member(user_id)
        if before.status == "creator":
            fresh = replace(before, anonymous=anonymous, title=title or before.title)
        else:
            granted = rights if rights is not None else dict.fromkeys(ADMIN_RIGHTS, True)
            fresh = Member(user_id, "administrator", {**granted, "can_manage_chat": True}, anonymous, title)
        set_member(self.world, where, fresh, actor_id=who.id)
        return {}

    def demote(self, person: Ref, chat: Ref, member: Ref) -> dict[str, Any]:
        """Make an administrator a plain member again."""
        who, where = self.seat(person, chat)
        user_id = self.find_member(member)
        self.require_leader(who, where, "can_promote_members")
        self._require_present(where, user_id)
        if where.member(user_id).status == "creator":
            raise ControlError("nobody demotes the owner")
        set_member(self.world, where, Member(user_id), actor_id=who.id)
        return {}

    def restrict(
        self,
        person: Ref,
        chat: Ref,
        member: Ref,
        permissions: dict[str, bool] | None = None,
        until: float = 0,
    ) -> dict[str, Any]:
        """Take permissions from a member; none given takes all."""
        who, where = self.seat(person, chat)
        user_id = self.find_member(member)
        self.require_leader(who, where, "can_restrict_members")
        self._require_present(where, user_id)
        set_member(
            self.world, where, Member(user_id, "restricted", dict(permissions or {}), until=int(until)), actor_id=who.id
        )
        return {}

    def ask_to_join(self, person: Ref, chat: Ref, link: str | None = None) -> dict[str, Any]:
        """Send a join request; a bot that may invite gets it."""
        who, where = self.find_person(person), self.find_chat(chat)
        where.join_requests[who.id] = self.world.now()
        if where.member(self.world.bot.id).may("can_invite_users"):
            request: dict[str, Any] = {
                "chat": self.world.chat(where),
                "from": self.world.user(who.id),
                "user_chat_id": who.id,
                "date": int(self.world.now()),
            }
            if link is not None and (found := self.link(link)):
                request["invite_link"] = link_object(self.world, *found)
            about = f"join request of {who.name}"
            self.world.updates.add("chat_join_request", request, queue=f"member {who.id}", about=about)
        return {}

    def link(self, url: str) -> tuple[Chat, InviteLink] | None:
        """The chat and the invite link that an address means, if it is one."""
        for chat in self.world.chats.values():
            for link in chat.links:
                if link.url == url:
                    return chat, link
        return None

    def join_by(self, person: Ref, where: Chat, link: InviteLink) -> dict[str, Any]:
        """Use an invite link: come in, or ask to."""
        who = self.find_person(person)
        expired = link.expires is not None and link.expires <= self.world.now()
        full = link.member_limit is not None and link.joined >= link.member_limit
        if link.revoked or expired or full:
            raise ControlError("the invite link is not valid any more (INVITE_HASH_EXPIRED)")
        if link.asks:
            self.ask_to_join(who.id, where.id, link.url)
        else:
            link.joined += 1
            enter(self.world, where, who.id, actor_id=who.id, link=link)
        return {"chat_id": where.id}

    def title(self, person: Ref, chat: Ref, title: str) -> dict[str, Any]:
        """Rename the chat."""
        who, where = self.seat(person, chat)
        self.require_leader(who, where, "can_change_info")
        where.title = title
        service(self.world, where, who.id, {"new_chat_title": title})
        self.world.changed("chat", chat_id=where.id)
        return {}

    def topic(
        self, person: Ref, chat: Ref, name: str, do: str = "create", new_name: str | None = None
    ) -> dict[str, Any]:
        """Create, close, reopen, rename or delete a topic."""
        who, where = self.seat(person, chat)
        self.require_leader(who, where, "can_manage_topics")
        if do == "create":
            return {"topic_id": open_topic(self.world, where, who.id, name).id}
        topic = self.find_topic(where, name)
        change_topic(self.world, where, topic, who.id, do=do, new_name=new_name)
        return {"topic_id": topic.id}

    def _require_present(self, where: Chat, user_id: int) -> None:
        if not where.member(user_id).present:
            raise ControlError(f"{self.world.name_of(user_id)} is not in {where.title}")


def change_topic(world: World, where: Chat, topic: Topic, actor_id: int, *, do: str, new_name: str | None) -> None:
    """Close, reopen, rename or delete, with the service message that belongs to it (deleting has none)."""
    match do:
        case "close" | "reopen":
            topic.closed = do == "close"
            content: dict[str, Any] = {"forum_topic_closed" if topic.closed else "forum_topic_reopened": {}}
        case "rename":
            topic.name = new_name or topic.name
            content = {"forum_topic_edited": {"name": topic.name}}
        case "delete":
            remove_topic(world, where, topic)
            return
        case _:
            raise ControlError("a topic is created, closed, reopened, renamed or deleted")
    service(world, where, actor_id, content, topic.id or None)
    world.changed("chat", chat_id=where.id)
