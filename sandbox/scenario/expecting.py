"""What a scenario expects to be seen."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ControlError
from sandbox.methods.profile import menu_for
from sandbox.scenario.cast import Cast
from sandbox.scenario.model import Step
from sandbox.world.chats import Chat
from sandbox.world.messages import Message
from sandbox.world.people import Person

_TIMES = {"once": 1, "twice": 2}


@dataclass
class Mark:
    """How far the world had come when the last turn began: what is newer is its consequence."""

    versions: int = 0
    notices: int = 0


@dataclass
class Question:
    """One expectation: whether it holds, and what is there instead."""

    holds: Callable[[], bool]
    wanted: str
    instead: Callable[[], str]
    negative: bool = False


def matches(wanted: str, text: str) -> bool:
    """Whether the text contains what is wanted; `…` in it stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in re.split(r"\s*…\s*", wanted))
    return re.search(pattern, text, re.DOTALL) is not None


class Expecting:
    """Checks the steps that expect something.

    Args:
        cast: who is who.
        patience: how many real seconds something may take to come true.
    """

    def __init__(self, cast: Cast, patience: float) -> None:
        self._cast = cast
        self._world = cast.sandbox.world
        self._control = cast.sandbox.control
        self._patience = patience
        self.mark = Mark()
        self._questions: dict[str, Callable[[Step], Question]] = {
            "sees": self._sees,
            "sees_button": self._sees_button,
            "sees_nothing": self._sees_nothing,
            "notice": self._notice,
            "shows": self._shows,
            "shows_button": self._shows_button,
            "pinned": self._pinned,
            "menu": self._menu,
        }

    def set_mark(self) -> None:
        """A turn begins: only what comes after this counts as new."""
        self.mark = Mark(len(self._world.versions), len(self._world.notices))

    def answers(self, verb: str) -> bool:
        """Whether the verb is an expectation."""
        return verb in self._questions

    async def check(self, step: Step) -> None:
        """Wait until it holds or, for a negative one, until the bot is quiet; raises `ControlError` if it does not."""
        question = self._questions[step.verb](step)
        if question.negative:
            await self._control.settle(self._patience)
            if question.holds():
                return
        else:
            deadline = time.monotonic() + self._patience
            while not question.holds():
                if (left := deadline - time.monotonic()) <= 0:
                    break
                await self._control.next_change(left)
            else:
                return
        raise ControlError(f"expected {question.wanted}; instead: {question.instead()}")

    def _fresh(self, chats: list[Chat], topic: int | None = None) -> list[Message]:
        """Messages written or changed by the bot since the mark, that still stand."""
        ids = {chat.id for chat in chats}
        rows = self._world.versions[self.mark.versions :]
        keys = dict.fromkeys(
            (row["chat_id"], row["message_id"]) for row in rows if row["chat_id"] in ids and row["from_bot"]
        )
        found = [self._world.message(*key) for key in keys]
        return [
            one for one in found if one is not None and topic in (None, self._world.chats[one.chat_id].topic_of(one))
        ]

    def _chats(self, step: Step, person: Person) -> tuple[list[Chat], int | None]:
        if step.parts.get("place") is not None:
            chat, topic = self._cast.place(step.parts["place"], person)
            return [chat], topic
        mine = [chat for chat in self._world.chats.values() if not chat.private and chat.member(person.id).present]
        return [self._world.chats[person.id], *mine], None

    def _sees(self, step: Step) -> Question:
        person = self._cast.person(step.parts["person"])
        chats, topic = self._chats(step, person)
        kind, text = step.parts.get("kind"), step.parts.get("text")
        wanted = self._cast.said(text) if text else ""

        def there() -> bool:
            fresh = self._fresh(chats, topic)
            return any(matches(wanted, one.formatted.text) and kind in (None, one.kind) for one in fresh)

        named = f"{person.name} to see {f'“{wanted}”' if text else f'a {kind}'}"
        return _question(step, there, named, lambda: _listed(self._fresh(chats, topic)))

    def _sees_button(self, step: Step) -> Question:
        person = self._cast.person(step.parts["person"])
        chats, topic = self._chats(step, person)
        wanted = self._cast.said(step.parts["text"])

        def there() -> bool:
            return any(matches(wanted, label) for one in self._fresh(chats, topic) for label in labels(one))

        named = f"{person.name} to see the button “{wanted}”"
        return _question(step, there, named, lambda: _listed(self._fresh(chats, topic)))

    def _sees_nothing(self, step: Step) -> Question:
        person = self._cast.person(step.parts["person"])
        chats, _ = self._chats(step, person)

        def none() -> bool:
            return not self._fresh(chats) and not self._notices(person, "answer")

        def instead() -> str:
            return f"{_listed(self._fresh(chats))} {self._notices(person, 'answer')}"

        return Question(none, f"{person.name} to see nothing new", instead, negative=True)

    def _notices(self, person: Person, kind: str) -> list[str]:
        kinds = {"toast", "alert"} if kind == "answer" else {kind}
        fresh = self._world.notices[self.mark.notices :]
        return [notice.text for notice in fresh if notice.person_id == person.id and notice.kind in kinds]

    def _notice(self, step: Step) -> Question:
        person, kind = self._cast.person(step.parts["person"]), step.parts["kind"]
        wanted = self._cast.said(step.parts["text"])

        def there() -> bool:
            return any(matches(wanted, text) for text in self._notices(person, kind))

        def instead() -> str:
            fresh = self._world.notices[self.mark.notices :]
            shown = [f"{notice.kind} “{notice.text}”" for notice in fresh if notice.person_id == person.id]
            return ", ".join(shown) or "nothing was shown"

        return _question(step, there, f"{person.name} to see the {kind} “{wanted}”", instead)

    def _shows(self, step: Step) -> Question:
        chat, topic = self._shown(step)
        wanted = self._cast.said(step.parts["text"])
        times = step.parts.get("times")
        count = _TIMES.get(times) or int(times.split()[0]) if times else None

        def there() -> bool:
            found = sum(matches(wanted, one.formatted.text) for one in _standing(chat, topic))
            return found == count if count is not None else found > 0

        named = f"{chat.title} to show “{wanted}”{f' {times}' if times else ''}"
        return _question(step, there, named, lambda: _listed(_standing(chat, topic)[-6:]))

    def _shows_button(self, step: Step) -> Question:
        chat, topic = self._shown(step)
        wanted = self._cast.said(step.parts["text"])

        def there() -> bool:
            return any(matches(wanted, label) for one in _standing(chat, topic) for label in labels(one))

        named = f"{chat.title} to show the button “{wanted}”"
        return _question(step, there, named, lambda: _listed(_standing(chat, topic)[-6:]))

    def _shown(self, step: Step) -> tuple[Chat, int | None]:
        """The place of `Riverside shows`: a chat, or a topic of one."""
        words = step.parts["chat"]
        if isinstance(words, str) and " of " in words:
            topic, _, title = words.partition(" of ")
            chat = self._cast.chat(title)
            return chat, self._control.find_topic(chat, topic).id
        return self._cast.chat(words), None

    def _pinned(self, step: Step) -> Question:
        chat, wanted = self._cast.chat(step.parts["chat"]), self._cast.said(step.parts["text"])

        def pinned() -> list[Message]:
            return [chat.messages[one] for one in chat.pinned if one in chat.messages]

        def there() -> bool:
            return any(matches(wanted, one.formatted.text) for one in pinned())

        return _question(step, there, f"{chat.title} to have pinned “{wanted}”", lambda: _listed(pinned()))

    def _menu(self, step: Step) -> Question:
        person = self._cast.person(step.parts["person"])
        chat, _ = self._cast.place(step.parts.get("place"), person)
        wanted = self._cast.said(step.parts["text"]).removeprefix("/")

        def commands() -> list[str]:
            return [row["command"] for row in menu_for(self._world, chat, person.id)]

        def there() -> bool:
            return wanted in commands()

        return _question(step, there, f"{person.name}'s menu to have /{wanted}", lambda: f"it has {commands()}")


def _question(step: Step, there: Callable[[], bool], wanted: str, instead: Callable[[], str]) -> Question:
    negative = str(step.parts.get("negative") or "").startswith(("does not", "lacks"))
    if negative:
        return Question(lambda: not there(), wanted.replace(" to ", " not to ", 1), instead, negative=True)
    return Question(there, wanted, instead)


def labels(message: Message) -> list[str]:
    """The labels of the message's inline buttons."""
    rows: list[list[dict[str, Any]]] = (message.markup or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _standing(chat: Chat, topic: int | None) -> list[Message]:
    return [one for one in chat.messages.values() if not one.service and topic in (None, chat.topic_of(one))]


def _listed(messages: list[Message]) -> str:
    if not messages:
        return "no message"
    shown = []
    for one in messages:
        buttons = " ".join(f"[{label}]" for label in labels(one))
        shown.append(f"“{one.formatted.text or one.kind}”{f' {buttons}' if buttons else ''}")
    return "\n    ".join(["", *shown])
