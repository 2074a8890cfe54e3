"""The world: everything there is, and who is told when it changes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sandbox.clock import Clock
from sandbox.world.chats import Chat, chat_object
from sandbox.world.files import FileStore
from sandbox.world.messages import Message
from sandbox.world.people import BotAccount, Person, bot_object, user_object
from sandbox.world.updates import PRESS_LIFE, UpdateQueue

FIRST_PERSON = 5001
FIRST_SUPERGROUP = -1_001_000_000_001
FIRST_GROUP = -4_000_001

Change = dict[str, Any]


@dataclass
class Press:
    """A button pressed by somebody; `state` is waiting, answered or expired, `kind` toast, alert, url or silent."""

    id: int
    query_id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    state: str = "waiting"
    kind: str | None = None
    text: str = ""
    url: str | None = None
    after: float | None = None


@dataclass(frozen=True)
class PressFate:
    """What goes wrong with a press: it is made `twice`, or it is `too_late` to answer it when it arrives."""

    twice: bool = False
    too_late: bool = False


@dataclass
class Notice:
    """Something shown to one person for a moment: a toast, an alert and so on.

    `at` is on the sandbox clock, `real` on the machine's steady one; `answer_lost`: the bot does not know it was shown.
    """

    id: int
    person_id: int
    kind: str
    text: str
    at: float
    real: float
    url: str | None = None
    press_id: int | None = None
    answer_lost: bool = False


@dataclass
class Poll:
    """A poll and who voted for what; `message` is (chat id, message id)."""

    id: str
    by_bot: bool
    content: dict[str, Any]
    message: tuple[int, int] = (0, 0)
    votes: dict[int, list[int]] = field(default_factory=dict)


class World:
    """People, chats, messages, files, updates: pure state, without any wire.

    Args:
        clock: the clock everything happens on.
        token: the bot's token; its number is the bot's id.
        username: the bot's username.
        name: the bot's name.
        seed: makes every invented number repeatable.

    Attributes:
        steady: seconds of a clock that never steps, for waiting and for the second time of every record.
        press_fate: says what goes wrong with each press.
    """

    def __init__(self, clock: Clock, token: str, *, username: str, name: str, seed: int = 0) -> None:
        self.steady: Callable[[], float] = time.monotonic
        self.press_fate: Callable[[], PressFate] = PressFate
        self.clock = clock
        self.rng = Random(seed)  # noqa: S311 - repeatable on purpose, guards nothing
        self.bot = BotAccount(int(token.partition(":")[0]), token, name, username)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore(self.rng)
        self.updates = UpdateQueue(clock.now, self.rng)
        self.presses: dict[str, Press] = {}
        self._waiting: dict[str, Press] = {}
        self.polls: dict[str, Poll] = {}
        self.notices: list[Notice] = []
        self.versions: list[dict[str, Any]] = []
        self.revision = 0
        self.listeners: list[Callable[[Change], None]] = []
        self._shared_message_id = 0
        self._next_person = FIRST_PERSON
        self._next_group = FIRST_GROUP
        self._next_supergroup = FIRST_SUPERGROUP
        clock.moved.append(self.pass_time)

    def now(self) -> float:
        """The present moment, seconds since 1970 on the sandbox clock."""
        return self.clock.now()

    def changed(self, kind: str, **fields: Any) -> None:
        """Count the revision up and tell everybody who listens."""
        self.revision += 1
        change = {"revision": self.revision, "kind": kind, **fields}
        for listener in self.listeners:
            listener(change)

    def add_person(self, person: Person) -> Person:
        """Take somebody in, with a fresh id when theirs is 0, and make their private chat with the bot."""
        if not person.id:
            person.id = self._next_person
            self._next_person += 1
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", instance=self._instance())
        self.changed("people")
        return person

    def add_chat(self, kind: str, title: str, *, forum: bool = False, username: str | None = None) -> Chat:
        """Make an empty group, supergroup or channel."""
        if kind == "group":
            chat_id, self._next_group = self._next_group, self._next_group - 1
        else:
            chat_id, self._next_supergroup = self._next_supergroup, self._next_supergroup - 1
        chat = Chat(chat_id, kind, title, username=username, is_forum=forum, instance=self._instance())
        chat.last_message_id = 1  # the message that says the chat was made; 1 is also General's id on the wire
        self.chats[chat_id] = chat
        return chat

    def _instance(self) -> str:
        return str(self.rng.randrange(-(2**62), 2**62))

    def next_message_id(self, chat: Chat) -> int:
        """The next message's number in this chat."""
        if chat.numbers_own_messages:
            chat.last_message_id += 1
            return chat.last_message_id
        self._shared_message_id += 1
        return self._shared_message_id

    def user(self, user_id: int) -> dict[str, Any]:
        """Anybody as a Bot API `User`; one never heard of has only an id (server `JsonUser`)."""
        if user_id == self.bot.id:
            return bot_object(self.bot)
        person = self.people.get(user_id)
        return user_object(person) if person else {"id": user_id, "is_bot": False, "first_name": ""}

    def groups(self) -> list[Chat]:
        """Every chat that is not private."""
        return [chat for chat in self.chats.values() if not chat.private]

    def name_of(self, user_id: int) -> str:
        """What a reader sees as the account's name."""
        if user_id == self.bot.id:
            return self.bot.text("name")
        person = self.people.get(user_id)
        if person is None or person.deleted:
            return "Deleted Account"
        return person.name

    def chat(self, chat: Chat) -> dict[str, Any]:
        """A chat as a Bot API `Chat`."""
        return chat_object(chat, self.user(chat.id) if chat.private else None)

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """The message, if it is there and was not deleted."""
        chat = self.chats.get(chat_id)
        return chat.messages.get(message_id) if chat else None

    def add_press(self, press: Press) -> None:
        """Somebody has pressed a button."""
        self.presses[press.query_id] = press
        self._waiting[press.query_id] = press

    def settle_press(self, press: Press, state: str) -> None:
        """The press is answered or expired."""
        press.state = state
        self._waiting.pop(press.query_id, None)

    def waiting_presses(self, person_id: int) -> list[Press]:
        """The person's presses that nobody has answered yet."""
        return [press for press in self._waiting.values() if press.person_id == person_id]

    def notify(self, person_id: int, kind: str, text: str, **more: Any) -> Notice:
        """Show somebody a toast, an alert or the like."""
        notice = Notice(len(self.notices) + 1, person_id, kind, text, self.now(), self.steady(), **more)
        self.notices.append(notice)
        self.changed("notice", person_id=person_id, notice=vars(notice))
        return notice

    def pass_time(self) -> None:
        """Let what has become too old expire: presses after 150 s, updates after their time."""
        deadline = self.now() - PRESS_LIFE
        for press in [press for press in self._waiting.values() if press.at < deadline]:
            self.expire_press(press)
        self.updates.expire()

    def expire_press(self, press: Press) -> None:
        """The press will not be answered any more, and the person sees so."""
        self.settle_press(press, "expired")
        self.changed("press", person_id=press.person_id, chat_id=press.chat_id, message_id=press.message_id)
        self.notify(press.person_id, "expired", "", press_id=press.id)
