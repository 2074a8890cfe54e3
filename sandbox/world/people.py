"""Who there is: people, and the one bot that is tried out."""

from dataclasses import dataclass, field
from typing import Any

# Fixed accounts of Telegram (Bot API: ids that stand in `from` of posts on behalf of a chat).
GROUP_ANONYMOUS_BOT = 1087968824
CHANNEL_BOT = 136817688
TELEGRAM = 777000


@dataclass
class Person:
    """Somebody with a Telegram account.

    `started` and `blocked` are about the private chat with the bot; `featured` people are played by hand on the page.
    `speaks_scenario` marks who speaks whatever language a scenario is played in.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str | None = None
    language_code: str = "en"
    age: int | None = None
    description: str = ""
    emoji: str = "🙂"
    color: str = "#64748b"
    featured: bool = True
    speaks_scenario: bool = False
    deleted: bool = False
    started: bool = False
    blocked: bool = False
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass
class CommandScope:
    """Where a list of commands, given for one language, shows."""

    kind: str
    chat_id: int = 0
    user_id: int = 0
    language: str = ""

    def key(self) -> tuple[str, int, int, str]:
        """What two scopes must share to be the same."""
        return self.kind, self.chat_id, self.user_id, self.language


@dataclass
class BotAccount:
    """The bot as BotFather and its own calls have set it up.

    `texts` holds name, description and short_description by (field, language); `commands` lists by scope key.
    """

    id: int
    token: str
    first_name: str
    username: str
    privacy: bool = True
    can_join_groups: bool = True
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[str, int, int, str], list[dict[str, str]]] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)
    default_rights: dict[str, bool] = field(default_factory=dict)

    def text(self, name: str, language: str = "") -> str:
        """The text set for this language or, failing that, for all languages."""
        return self.texts.get((name, language)) or self.texts.get((name, "")) or self.fallback(name)

    def fallback(self, name: str) -> str:
        """What stands when the bot never set the text: its name as BotFather knows it, or nothing."""
        return self.first_name if name == "name" else ""


def user_object(person: Person) -> dict[str, Any]:
    """The person as a Bot API `User`."""
    if person.deleted:
        return {"id": person.id, "is_bot": False, "first_name": ""}
    user: dict[str, Any] = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    if person.last_name:
        user["last_name"] = person.last_name
    if person.username:
        user["username"] = person.username
    if person.language_code and not person.is_bot:
        user["language_code"] = person.language_code
    return user


def bot_object(bot: BotAccount) -> dict[str, Any]:
    """The bot as a Bot API `User`, as it stands in messages."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.text("name"), "username": bot.username}


def bot_self(bot: BotAccount) -> dict[str, Any]:
    """The bot as `getMe` tells it."""
    return {
        **bot_object(bot),
        "can_join_groups": bot.can_join_groups,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def anonymous_object() -> dict[str, Any]:
    """The `User` that stands for an anonymous administrator."""
    return {"id": GROUP_ANONYMOUS_BOT, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def channel_sender_object() -> dict[str, Any]:
    """The `User` that stands for somebody who writes as a channel."""
    return {"id": CHANNEL_BOT, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
