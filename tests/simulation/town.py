"""A town of invented people who use the bot for some days: they press what they see, and do odd things now and then.

What they do depends on the seed and on what the bot shows them, on nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from sandbox.errors import ControlError
from sandbox.server import Sandbox
from sandbox.world.pressing import press
from tests.simulation.virtual import DAY

TITLE = "Willow Court"
LAST = ("Yes", "Ku")  # how the labels of buttons begin that change a shift at once
HOURS = ("8-12", "12-16", "16-20", "20-24", "0-6")
PRIVATE_COMMANDS = ("/shifts", "/mine", "/start", "/help", "/language", "/cancel")
LEADING_COMMANDS = ("/checkpoints", "/newshift", "/checkpoints", "/mine")


@dataclass(frozen=True)
class Size:
    """How large the town is, for how long it is watched, and how busy it is."""

    people: int = 300
    posts: int = 40
    days: float = 7.0
    acts_per_person_and_day: float = 1.5
    restarts_per_day: float = 2.0
    calm: float = 7200.0  # seconds of fair weather at the end, in which everything owed must be settled


# An hour or two of a small town in a hurry: for every run of the tests.
HOUR = Size(people=20, posts=2, days=0.08, acts_per_person_and_day=120, restarts_per_day=250, calm=900)
# What the product promises to get through: 300 people, 40 posts, seven days, two restarts a day.
WEEK = Size()


class Town:
    """Plays everybody.

    `forum` decides what the group is: a forum whose topic may close, or a basic group that may become a supergroup.
    """

    def __init__(self, sandbox: Sandbox, rng: Random, size: Size, *, forum: bool) -> None:
        self.sandbox = sandbox
        self.control = sandbox.control
        self.rng = rng
        self.size = size
        self.forum = forum
        self.people: list[int] = []
        self.strangers: list[int] = []
        self.coordinators: list[int] = []
        self._words = 0  # so many have been said
        self._stolen: list[str] = []  # what buttons that act at once would send
        self._walks: set[asyncio.Task[None]] = set()

    @property
    def chat(self) -> int:
        """The group's id as it is now."""
        return self.control.find_chat(TITLE).id

    def settle_in(self) -> None:
        """Make everybody, and the group without the bot."""
        for number in range(self.size.people + 4):
            language = self.rng.choice(("zh-hans", "en"))
            row: dict[str, Any] = {"name": f"Ku{number:03d}vo", "language_code": language if number > 1 else "en"}
            self.people.append(self.control.people(**row)["people"][0]["id"])
        self.strangers = self.people[-4:]
        del self.people[-4:]
        self.coordinators = self.people[:2]
        kind = "forum" if self.forum else "group"
        more: dict[str, Any] = {"topics": ["Shifts"]} if self.forum else {}
        self.control.chats(TITLE, type=kind, owner=self.people[0], members=list[int | str](self.people[1:]), **more)

    async def set_up(self) -> None:
        """Bring the bot in, settle what it asks, open the posts and make today's and tomorrow's shifts."""
        first, second = self.coordinators
        self.control.add(first, TITLE, "bot", as_admin=True)
        await asyncio.sleep(4)
        self.control.promote(first, TITLE, second)
        for label in ("English", "Another zone", "Berlin", "I coordinate"):
            await self._press_label(first, TITLE, label)
        await self._press_label(second, TITLE, "I coordinate")
        await self._press_label(first, TITLE, "Done")
        if self.forum:
            self.control.say(first, TITLE, "/here", topic="Shifts")
        for person in [*self.people[: len(self.people) * 2 // 3], *self.strangers]:
            self.control.start(person)
        await asyncio.sleep(30)
        for post in range(self.size.posts):
            self.control.say(first, "bot", f"/newcheckpoint Gate G{post:02d}")
            await asyncio.sleep(3)
        for word in ("today", "tomorrow"):
            await self.make_shifts(word)

    async def make_shifts(self, word: str) -> None:
        """A coordinator makes the shifts of a day at every post."""
        for post in range(self.size.posts):
            hours = ", ".join(self.rng.sample(HOURS, 2))
            places = self.rng.choice((1, 1, 2, 3))
            self._do(
                self.control.say, self.coordinators[0], "bot", f"/newshift Gate G{post:02d} {word} {hours} x{places}"
            )
            await asyncio.sleep(4)
            await self._press_label(self.coordinators[0], "bot", "Make ")

    async def live(self, seconds: float) -> None:
        """Let people act for so long, at chance moments, more of them by day than at night."""
        acts = int(len(self.people) * self.size.acts_per_person_and_day * seconds / DAY)
        begin = self.sandbox.world.steady()
        for moment in sorted(begin + seconds * self._hour() for _ in range(acts)):
            await asyncio.sleep(max(0.0, moment - self.sandbox.world.steady()))
            self.act()

    def _hour(self) -> float:
        return self.rng.betavariate(2, 2) if self.rng.random() < 0.8 else self.rng.random()

    def act(self) -> None:
        """Somebody does something."""
        person = self.rng.choice(self.people if self.rng.random() > 0.03 else self.strangers)
        if self.rng.random() < 0.06:
            person = self.rng.choice(self.coordinators)
        acts: dict[Callable[[int], None], float] = {
            self._press_in_the_group: 30,
            self._press_in_private: 20,
            self._command: 13,
            self._give_back: 10,
            self._lead: 8,
            self._crowd: 6,
            self._odd: 6,
            self._speak: 4,
            self._forge: 6,
        }
        self.rng.choices(list(acts), list(acts.values()))[0](person)

    def act_alone(self) -> None:
        """Somebody does something, and nobody else meanwhile."""
        alone = (self._press_in_the_group, self._press_in_private, self._command, self._give_back, self._forge)
        self.rng.choice(alone)(self.rng.choice(self.coordinators if self.rng.random() < 0.3 else self.people))

    def _press_in_the_group(self, person: int) -> None:
        self._press_something(person, self.chat, 40)

    def _press_in_private(self, person: int) -> None:
        self._press_something(person, person, 4)

    def _command(self, person: int) -> None:
        leads = person in self.coordinators and self.rng.random() < 0.5
        self._do(self.control.say, person, "bot", self.rng.choice(LEADING_COMMANDS if leads else PRIVATE_COMMANDS))

    def _give_back(self, person: int) -> None:
        """Somebody looks for a shift of theirs and gives it back."""
        steps = (("20", "16", "12", "00", "08"), ("Give it back", "退班"), ("Yes, give", "确定"))
        self._walk(self._press_one_after_another(person, "/mine", steps))

    async def _press_one_after_another(self, person: int, command: str, steps: Iterable[Sequence[str]]) -> None:
        self._do(self.control.say, person, "bot", command)
        for labels in steps:
            await asyncio.sleep(4)
            for label in labels:
                if self._do(self.control.press, person, "bot", label=label):
                    break

    def _lead(self, _person: int) -> None:
        """A coordinator changes a shift, or makes new ones."""
        self._walk(self._change_a_shift() if self.rng.random() < 0.6 else self._add_shifts())

    async def _change_a_shift(self) -> None:
        last = await self.lead_somebody()
        if self.rng.random() < 0.5:  # somebody else is quicker
            self._forge(self.rng.choice(self.people))
        self._do(last)

    async def _add_shifts(self) -> None:
        who, post = self.rng.choice(self.coordinators), self.rng.randrange(self.size.posts)
        day, hours = self.rng.choice(("today", "tomorrow", "in 2 days")), self.rng.choice(HOURS)
        self._do(self.control.say, who, "bot", f"/newshift Gate G{post:02d} {day} {hours} x{self.rng.choice((1, 2))}")
        await asyncio.sleep(4)
        await self._press_label(who, "bot", "Make ")
        await asyncio.sleep(5)
        self._crowd(who)

    def _walk(self, way: Coroutine[Any, Any, None]) -> None:
        walk = asyncio.create_task(way)
        self._walks.add(walk)
        walk.add_done_callback(self._walks.discard)

    def _speak(self, person: int) -> None:
        self._words += 1
        where, text = self.rng.choice((("bot", f"zy{self._words:04d}q <b>&"), (TITLE, f"hello zy{self._words:04d}q")))
        if person in self.coordinators and self.rng.random() < 0.5:
            where, text = "bot", f"Ku9{self._words % 100:02d}vo, +86 139 0000 {self._words:04d}"
        self._do(self.control.say, person, where, text)

    def _crowd(self, _person: int) -> None:
        """Many press the same button in the same moment, one to claim a shift if there is any."""
        places = self._buttons(self.chat, 40)
        claims = [place for place in places if any(word in self._label(*place) for word in ("Claim", "认领"))]
        if places:
            message, row, column = self.rng.choice(claims or places)
            for person in self.rng.sample(self.people, min(12, len(self.people))):
                self._do(self.control.press, person, self.chat, message=message, row=row, column=column)

    def _label(self, message: int, row: int, column: int) -> str:
        found = self.sandbox.world.chats[self.chat].messages[message]
        return str((found.markup or {})["inline_keyboard"][row][column]["text"])

    def _odd(self, person: int) -> None:
        if person not in self.people[2:]:  # coordinators are sensible, and strangers stay strangers
            return
        acts: list[Callable[[], Any]] = [
            lambda: self.control.leave(person, TITLE),
            lambda: self.control.join(person, TITLE),
            lambda: self.control.block(person),
            lambda: self.control.unblock(person),
            lambda: self.control.start(person, "shifts"),
            lambda: self.control.start(person),
            lambda: self.control.say(person, TITLE, "/shifts"),
            lambda: self.control.delete_account(person) if self.rng.random() < 0.1 else None,
        ]
        self._do(self.rng.choice(acts))

    async def lead_somebody(self) -> Callable[[], Any]:
        """A coordinator goes to a shift and is about to change it; return the last press, which does it."""
        who = self.rng.choice(self.coordinators)
        self._do(self.control.say, who, "bot", "/checkpoints")
        await asyncio.sleep(4)
        for prefixes in (
            ("Gate G",),
            ("👥",),
            self.rng.choice((("✕",), ("✕", "＋ Put"), ("＋ Put",), ("Cancel this",))),
        ):
            if (pressing := self._newest(who, prefixes)) is not None:
                self._do(pressing)
            await asyncio.sleep(3)
        return self._newest(who, LAST) or (lambda: None)

    def _newest(self, who: int, prefixes: tuple[str, ...]) -> Callable[[], Any] | None:
        """Return how to press a chance button, of those that begin so, of the newest private message that has some."""
        for message in reversed(self.sandbox.world.chats[who].messages.values()):
            rows = (message.markup or {}).get("inline_keyboard", [])
            places = [
                (r, c) for r, keys in enumerate(rows) for c, k in enumerate(keys) if k["text"].startswith(prefixes)
            ]
            if places:
                row, column = self.rng.choice(places)
                self._stolen += [rows[r][c]["callback_data"] for r, c in places if prefixes == LAST]
                return partial(self.control.press, who, "bot", message=message.id, row=row, column=column)
            if rows:
                return None
        return None

    def _forge(self, person: int) -> None:
        """Somebody sends what a coordinator's button would send, or nonsense."""
        theirs = self.sandbox.world.chats[person].messages.values()
        shown = next((message for message in reversed(theirs) if message.sender_id == self.sandbox.world.bot.id), None)
        if shown is not None and self._stolen:
            chosen = self.rng.choice(self._stolen[-5:])
            data = chosen if self.rng.random() < 0.8 else f"1{chr(self.rng.randrange(33, 127))}|x"
            press(self.sandbox.world, shown, person, {"text": "forged", "callback_data": data})

    def _press_something(self, person: int, chat: int, newest: int) -> None:
        buttons = self._buttons(chat, newest)
        if buttons:
            message, row, column = self.rng.choice(buttons)
            self._do(self.control.press, person, chat, message=message, row=row, column=column)

    def _buttons(self, chat: int, newest: int) -> list[tuple[int, int, int]]:
        """The callback buttons of the newest messages of a chat, as (message, row, column)."""
        found: list[tuple[int, int, int]] = []
        looked = 0
        for message in reversed(self.sandbox.world.chats[chat].messages.values()):
            if chat < 0 and "Gate G" not in message.formatted.text:
                continue  # a card, not the setup: the town keeps its language and its zone
            rows = (message.markup or {}).get("inline_keyboard", [])
            looked += bool(rows)
            for row, keys in enumerate(rows):
                found += [(message.id, row, column) for column, key in enumerate(keys) if "callback_data" in key]
            if looked >= newest:
                break
        return found

    async def _press_label(self, person: int, chat: int | str, label: str) -> None:
        self._do(self.control.press, person, chat, label=label)
        await asyncio.sleep(3)

    def _do(self, verb: Callable[..., Any], *arguments: Any, **more: Any) -> bool:
        """Do it, unless one cannot: who has left a group presses nothing there. Say whether it could be done."""
        try:
            verb(*arguments, **more)
        except ControlError:
            return False
        return True
