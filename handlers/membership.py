"""People and the bot itself come and go."""

from __future__ import annotations

from typing import Protocol

from telegram import Chat, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated, Message, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.domain.people import Reach
from bot.i18n import Translators
from bot.ports.message import Destination
from bot.ports.messenger import Messenger
from bot.services.communities import Group
from bot.services.usecases import UseCases
from bot.views import communities as views
from handlers.wire.admins import Admins
from handlers.wire.callers import caller, nobody
from handlers.wire.reply import Queue, Reply
from handlers.wire.updates import topic_of

_PRESENT = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}


class Wiring(Protocol):
    """What these handlers need of the edge."""

    @property
    def use(self) -> UseCases:
        """The use cases."""

    @property
    def admins(self) -> Admins:
        """Who administers which group."""

    @property
    def messenger(self) -> Messenger:
        """The chat program."""

    @property
    def queue(self) -> Queue:
        """Where answers wait."""

    @property
    def translators(self) -> Translators:
        """The languages."""


async def on_own_membership(edge: Wiring, change: ChatMemberUpdated) -> None:
    """The bot was added, promoted, demoted or removed; or a person started or blocked it in private."""
    chat, new = change.chat, change.new_chat_member
    if chat.type == ChatType.PRIVATE:
        blocked = new.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
        await edge.use.people.reached(change.from_user.id, Reach.BLOCKED if blocked else Reach.OPEN)
        return
    if chat.type == ChatType.CHANNEL:
        return
    edge.admins.forget(chat.id)
    if not _present(new):
        await edge.use.groups.depart(chat.id)
        return
    group = _group(chat, new, freed=_silent(change.old_chat_member))
    setup = await edge.use.communities.arrive(group, change.from_user.language_code)
    if not _present(change.old_chat_member) and not _silent(new):
        t = edge.translators.speaking(setup.language)
        message = views.ready(t, setup) if setup.ready else views.setup(t, setup)
        Reply(edge.messenger, edge.queue, Destination(chat.id)).send(message)


async def on_membership(edge: Wiring, change: ChatMemberUpdated) -> None:
    """Somebody else joined, left, or became or ceased to be an admin."""
    edge.admins.forget(change.chat.id)
    member = change.new_chat_member
    if not _present(member):
        put_out = change.from_user.id != member.user.id
        await edge.use.people.left(member.user.id, change.chat.id, put_out=put_out)
    elif not _present(change.old_chat_member):
        await _came(edge, member.user, change.chat.id)


async def on_service_message(edge: Wiring, message: Message) -> bool:
    """Note what a service message says about the group or its people; say whether it was one of these.

    Coming and going is told this way also to a bot that is no administrator; an administrator hears it twice, which
    changes nothing. A group that becomes a supergroup says so in the old chat and in the new, in any order.
    """
    chat_id = message.chat.id
    if message.migrate_to_chat_id is not None:
        await edge.use.groups.migrate(chat_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await edge.use.groups.migrate(message.migrate_from_chat_id, chat_id)
    elif message.new_chat_title is not None:
        await edge.use.groups.renamed(chat_id, message.new_chat_title)
    elif message.left_chat_member is not None:
        put_out = message.from_user is None or message.from_user.id != message.left_chat_member.id
        await edge.use.people.left(message.left_chat_member.id, chat_id, put_out=put_out)
    elif message.new_chat_members:
        for user in message.new_chat_members:
            await _came(edge, user, chat_id)
    else:
        return await _on_topic(edge, message)
    return True


async def _on_topic(edge: Wiring, message: Message) -> bool:
    """Note that a topic was closed (General, when it is hidden, too) or opened again; say whether it was that."""
    if message.forum_topic_closed is not None or message.general_forum_topic_hidden is not None:
        await edge.use.groups.topic_closed(message.chat.id, topic_of(message))
    elif message.forum_topic_reopened is not None:
        await edge.use.groups.topic_reopened(message.chat.id, topic_of(message))
    else:
        return False
    return True


async def _came(edge: Wiring, user: User, chat_id: int) -> None:
    """Whoever comes into the group belongs to its community, and can be put on shifts."""
    if not nobody(user):
        await edge.use.people.recognise(caller(user), chat_id=chat_id)


def _present(member: ChatMember) -> bool:
    return member.status in _PRESENT or bool(getattr(member, "is_member", False))


def _group(chat: Chat, own: ChatMember, *, freed: bool) -> Group:
    """Return the group as the bot is told of its own standing there; `freed`: it was kept from writing before."""
    rights = _rights(own) if isinstance(own, ChatMemberAdministrator) else None
    may_write: bool | None = None  # a member's say is the group's own settings, of which nobody tells
    if _silent(own):
        may_write = False
    elif freed or rights is not None:
        may_write = True
    return Group(chat_id=chat.id, title=chat.title or "", forum=bool(chat.is_forum), rights=rights, may_write=may_write)


def _silent(own: ChatMember) -> bool:
    """Say whether somebody is kept from writing in particular."""
    return isinstance(own, ChatMemberRestricted) and not own.can_send_messages


def _rights(own: ChatMemberAdministrator) -> list[str]:
    return [name.removeprefix("can_") for name in own.to_dict() if name.startswith("can_") and getattr(own, name)]
