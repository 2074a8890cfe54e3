"""Who is in a chat and with what rights: changing it, and the updates that follow."""

from dataclasses import replace
from typing import Any

from sandbox.world.chats import Chat, InviteLink, Member
from sandbox.world.posting import service
from sandbox.world.render import link_object, member_object
from sandbox.world.world import World


def set_member(
    world: World,
    chat: Chat,
    fresh: Member,
    *,
    actor_id: int,
    link: InviteLink | None = None,
    by_request: bool = False,
) -> None:
    """Give an account a new standing in the chat; tell the bot if it is about the bot or the bot leads the chat.

    Nothing is sent when nothing changed. Source: Bot API docs, `my_chat_member` and `chat_member` of Update.
    """
    old = member_object(world, chat, chat.member(fresh.user_id))
    about_bot = fresh.user_id == world.bot.id
    bot_hears = about_bot or chat.member(world.bot.id).leads
    chat.members[fresh.user_id] = fresh
    new = member_object(world, chat, fresh)
    world.changed("chat", chat_id=chat.id)
    if old == new or not bot_hears:
        return
    update: dict[str, Any] = {
        "chat": world.chat(chat),
        "from": world.user(actor_id),
        "date": int(world.now()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    if link is not None:
        update["invite_link"] = link_object(world, chat, link)
    if by_request:
        update["via_join_request"] = True
    kind = "my_chat_member" if about_bot else "chat_member"
    queue = f"standing {chat.id}" if about_bot else f"member {fresh.user_id}"
    world.updates.add(kind, update, queue=queue, about=f"{kind} of {world.name_of(fresh.user_id)} in {chat.title}")


def enter(
    world: World,
    chat: Chat,
    user_id: int,
    *,
    actor_id: int,
    rights: dict[str, bool] | None = None,
    link: InviteLink | None = None,
    by_request: bool = False,
) -> None:
    """Let an account into the chat, as administrator when rights are given.

    `my_chat_member` comes before the service message.
    """
    before = chat.member(user_id)
    if before.present and rights is None:
        return
    was_present = before.present
    status = "administrator" if rights is not None else "member"
    if before.status == "restricted" and rights is None:
        fresh = replace(before, is_member=True)
    else:
        fresh = Member(user_id, status, dict(rights or {}), tag=before.tag)
    set_member(world, chat, fresh, actor_id=actor_id, link=link, by_request=by_request)
    if not was_present and chat.type != "channel":
        service(world, chat, actor_id, {"new_chat_members": [user_id]})


def depart(world: World, chat: Chat, user_id: int, *, actor_id: int, banned: bool = False, until: int = 0) -> None:
    """Take an account out of the chat: on its own, removed, or banned until a time (0: for ever).

    A basic group keeps no ban list: a person removed there has `left`; the bot sees itself `kicked`.
    """
    before = chat.member(user_id)
    about_bot = user_id == world.bot.id
    kicked = _is_kicked(chat, banned=banned, bot_put_out=about_bot and actor_id != user_id, about_bot=about_bot)
    if kicked:
        fresh = Member(user_id, "kicked", until=until)
    elif before.status == "restricted":
        fresh = replace(before, is_member=False)
    else:
        fresh = Member(user_id, "left")
    set_member(world, chat, fresh, actor_id=actor_id)
    if before.present and _says_so(chat, banned=banned):  # the bot still gets the message that says it is gone
        service(world, chat, actor_id, {"left_chat_member": user_id})


def _says_so(chat: Chat, *, banned: bool) -> bool:
    """Whether a service message follows: not in channels, nor for a ban in a supergroup (guess)."""
    return chat.type == "group" or (chat.type == "supergroup" and not banned)


def _is_kicked(chat: Chat, *, banned: bool, bot_put_out: bool, about_bot: bool) -> bool:
    if about_bot:
        return banned or bot_put_out
    return banned and chat.type != "group"


def migrate(world: World, chat: Chat, actor_id: int, *, forum: bool = False) -> Chat:
    """Make a basic group a supergroup with a new id; both get their service message. Returns the new chat."""
    fresh = world.add_chat("supergroup", chat.title, forum=forum)
    fresh.members = {user_id: replace(member) for user_id, member in chat.members.items() if member.present}
    fresh.permissions = dict(chat.permissions)
    service(world, chat, actor_id, {"migrate_to_chat_id": fresh.id})
    chat.upgraded_to = fresh.id
    service(world, fresh, actor_id, {"migrate_from_chat_id": chat.id})
    world.changed("chat", chat_id=chat.id)
    world.changed("chat", chat_id=fresh.id)
    return fresh


def block(world: World, person_id: int, *, blocked: bool) -> None:
    """The person blocks the bot in private, or lifts it; the bot hears of it as `my_chat_member`."""
    person = world.people[person_id]
    if person.blocked == blocked:
        return
    person.blocked = blocked
    statuses = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (
        {"user": world.user(world.bot.id), "status": status, **({"until_date": 0} if status == "kicked" else {})}
        for status in statuses
    )
    update = {
        "chat": world.chat(world.chats[person_id]),
        "from": world.user(person_id),
        "date": int(world.now()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    about = f"{person.name} {'blocked' if blocked else 'unblocked'} the bot"
    world.updates.add("my_chat_member", update, queue=f"standing {person_id}", about=about)
    world.changed("chat", chat_id=person_id)


def lift_expired(world: World, chat: Chat) -> None:
    """End bans and restrictions whose time is over; no update is sent (server has none for it)."""
    for member in list(chat.members.values()):
        if member.until and member.until <= world.now():
            status = "member" if member.status == "restricted" and member.is_member else "left"
            chat.members[member.user_id] = Member(member.user_id, status)
