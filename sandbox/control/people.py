"""Making people and chats, and what they do with their accounts."""

from typing import Any

from sandbox.control.refs import Desk, Ref
from sandbox.errors import ControlError
from sandbox.world.chats import Chat, InviteLink, Member, Topic
from sandbox.world.membership import block, enter, migrate
from sandbox.world.people import Person
from sandbox.world.topics import open_topic

COLORS = ("#c2410c", "#0f766e", "#4338ca", "#be185d", "#4d7c0f", "#0369a1", "#7e22ce", "#a16207")
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
)
_PERSON_FIELDS = frozenset(
    {"id", "username", "language_code", "age", "description", "emoji", "color", "featured", "first_name", "last_name"},
)


class PeopleVerbs(Desk):
    """`people`, `chats`, `privacy`, `block`, `unblock`, `delete_account`, `migrate`, `delete_chat`."""

    def people(self, people: list[dict[str, Any]] | None = None, **one: Any) -> dict[str, Any]:
        """Make people; `one` are the fields of a single one."""
        made = [self._person(dict(row)) for row in (people if people is not None else [one])]
        return {"people": [person_row(person) for person in made]}

    def _person(self, row: dict[str, Any]) -> Person:
        name = str(row.pop("name", "") or f"{row.get('first_name', '')} {row.get('last_name', '')}").strip()
        if not name:
            raise ControlError("a person needs a name")
        if unknown := set(row) - _PERSON_FIELDS:
            raise ControlError(f"a person has no {', '.join(sorted(unknown))}")
        first, _, last = name.partition(" ")
        fields: dict[str, Any] = {"id": 0, "first_name": first, "last_name": last.strip()} | row
        fields.setdefault("color", COLORS[len(self.world.people) % len(COLORS)])
        if fields["id"] in self.world.people or fields["id"] == self.world.bot.id:
            raise ControlError(f"the id {fields['id']} is taken")
        return self.world.add_person(Person(**fields))

    def chats(
        self,
        title: str,
        *,
        type: str = "group",  # noqa: A002 - the word of the wire
        owner: Ref | None = None,
        members: list[Ref] | None = None,
        topics: list[str] | None = None,
        bot: str | None = None,
        username: str | None = None,
    ) -> dict[str, Any]:
        """Make a chat with its people in it: no updates about them, but the bot hears of its own standing."""
        _check_kind(type, topics)
        people = [self.find_person(ref) for ref in (owner, *(members or [])) if ref is not None]
        if not people:
            raise ControlError("a chat needs an owner or members")
        kind = "supergroup" if type == "forum" else type
        chat = self.world.add_chat(kind, title, forum=type == "forum", username=username)
        chat.members = {person.id: Member(person.id) for person in people}
        chat.members[people[0].id] = Member(people[0].id, "creator")
        if chat.is_forum:
            chat.topics[0] = Topic(0, "General")
        made = {name: open_topic(self.world, chat, people[0].id, name).id for name in topics or []}
        if bot is not None:
            self._admit_bot(chat, people[0].id, as_admin=bot == "administrator")
        self.world.changed("chat", chat_id=chat.id)
        return {"chat_id": chat.id, "topics": made}

    def _admit_bot(self, chat: Chat, owner_id: int, *, as_admin: bool) -> None:
        rights = bot_rights(self.world.bot.default_rights) if as_admin else None
        enter(self.world, chat, self.world.bot.id, actor_id=owner_id, rights=rights)

    def privacy(self, enabled: bool) -> dict[str, Any]:
        """Switch privacy mode, as BotFather does."""
        self.world.bot.privacy = enabled
        self.world.changed("people")
        return {}

    def block(self, person: Ref) -> dict[str, Any]:
        """The person blocks the bot in private."""
        block(self.world, self.find_person(person).id, blocked=True)
        return {}

    def unblock(self, person: Ref) -> dict[str, Any]:
        """The person lifts the block."""
        block(self.world, self.find_person(person).id, blocked=False)
        return {}

    def delete_account(self, person: Ref) -> dict[str, Any]:
        """The person leaves Telegram; chats show a deleted account."""
        self.find_person(person).deleted = True
        self.world.changed("people")
        return {}

    def migrate(self, chat: Ref, forum: bool = False) -> dict[str, Any]:
        """The group becomes a supergroup with another id."""
        old = self.find_chat(chat)
        if old.type != "group" or old.upgraded_to is not None:
            raise ControlError(f"{old.title} is no basic group")
        owner = next(member.user_id for member in old.members.values() if member.status == "creator")
        fresh = migrate(self.world, old, owner, forum=forum)
        if forum:
            fresh.topics[0] = Topic(0, "General")
        return {"chat_id": fresh.id}

    def delete_chat(self, chat: Ref) -> dict[str, Any]:
        """The owner deletes the group."""
        gone = self.find_chat(chat)
        gone.deleted = True
        self.world.changed("chat", chat_id=gone.id)
        return {}

    def invite(self, person: Ref, chat: Ref, asks: bool = False) -> dict[str, Any]:
        """A person with the right makes an invite link; `asks` for one that makes join requests."""
        maker, where = self.seat(person, chat)
        self.require_leader(maker, where, "can_invite_users")
        link = InviteLink(f"https://t.me/+{self.world.rng.randbytes(9).hex()}", maker.id, asks=asks)
        where.links.append(link)
        return {"url": link.url}


def _check_kind(kind: str, topics: list[str] | None) -> None:
    if kind not in {"group", "supergroup", "forum", "channel"}:
        raise ControlError("a chat's type is group, supergroup, forum or channel")
    if topics and kind != "forum":
        raise ControlError("only a forum has topics")


def bot_rights(asked: dict[str, bool]) -> dict[str, bool]:
    """What an owner grants the bot: what it asks for, or everything but promoting others."""
    granted = {name for name in ADMIN_RIGHTS if name != "can_promote_members"}
    if asked:
        granted = {name for name, wanted in asked.items() if wanted} | {"can_manage_chat"}
    return dict.fromkeys(sorted(granted), True)


def person_row(person: Person) -> dict[str, Any]:
    """A person as the control API tells it."""
    names = (
        "id",
        "name",
        "first_name",
        "last_name",
        "username",
        "language_code",
        "age",
        "description",
        "emoji",
        "color",
        "featured",
        "deleted",
        "started",
        "blocked",
    )
    return {name: getattr(person, name) for name in names}
