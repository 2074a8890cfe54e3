"""Who and what a scenario's words mean, and in which language they are said."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.errors import ControlError
from sandbox.scenario.model import Step, Text
from sandbox.scenario.parse import items_of
from sandbox.server import Sandbox
from sandbox.world.chats import Chat
from sandbox.world.people import Person

_SPOKEN = {"en": "en", "zh": "zh-hans"}
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF].*")
_MOMENT = re.compile(r"\{(date|hour)(?: hour)?([+-]\d+)?\}")


class Cast:
    """The people and chats of one scenario, by the words it uses for them.

    Args:
        sandbox: where they live.
        language: `en` or `zh`, what the scenario is played in.
    """

    def __init__(self, sandbox: Sandbox, language: str) -> None:
        self.sandbox = sandbox
        self.language = language
        self.zone: dt.tzinfo = ZoneInfo("UTC")
        self._people: dict[str, int] = {}
        self._chats: dict[str, int] = {}

    def said(self, text: Any) -> str:
        """A string in the scenario's language, moments such as {date+1} or {hour-2} filled in."""
        spoken = text.spoken(self.language) if isinstance(text, Text) else str(text)
        return _MOMENT.sub(self._moment, spoken)

    def _moment(self, found: re.Match[str]) -> str:
        amount = int(found[2] or 0)
        by_hour = found[1] == "hour" or " hour" in found[0]
        moment = self.now() + (dt.timedelta(hours=amount) if by_hour else dt.timedelta(days=amount))
        return moment.strftime("%H:00" if found[1] == "hour" else "%Y-%m-%d")

    def now(self) -> dt.datetime:
        """The present moment in the scenario's zone."""
        return dt.datetime.fromtimestamp(self.sandbox.clock.now(), self.zone)

    def add_person(self, step: Step) -> None:
        """`person Name, 52, description, speaks zh, @username, emoji, background`."""
        first, *rest = items_of(step.parts["rest"])
        known = first.english if isinstance(first, Text) else first
        self._add(known, first, rest)

    def add_people(self, step: Step) -> None:
        """`people 20 named Neighbour, speaks zh`: Neighbour 1 … Neighbour 20, who stay in the background."""
        name = step.parts["name"]
        english = name.english if isinstance(name, Text) else name
        rest = [*items_of(step.parts.get("rest")), "background"]
        for number in range(1, int(step.parts["count"]) + 1):
            self._add(f"{english} {number}", f"{self.said(name)} {number}", rest)

    def _add(self, known: str, name: str | Text, rest: list[str | Text]) -> None:
        row: dict[str, Any] = {"name": self.said(name), "featured": True}
        described = [self.said(item) for item in rest if not _attribute(row, item, self.language)]
        if described:
            row["description"] = ", ".join(described)
        made = self.sandbox.control.people(**row)["people"][0]
        self._people[known] = made["id"]

    def add_chat(self, step: Step) -> None:
        """`forum Riverside with Chen as owner, Li ; topics Shifts, Incidents`."""
        title = step.parts["title"]
        known = title.english if isinstance(title, Text) else title
        owner: int | None = None
        members: list[int | str] = []
        for item in items_of(step.parts["members"]):
            words = str(item)
            if words.endswith(" as owner"):
                owner = self.person(words.removesuffix(" as owner")).id
            elif words in {"everybody", "everyone"}:
                members += list(self.sandbox.world.people)
            else:
                members.append(self.person(words).id)
        topics = [self.said(item) for item in items_of(step.parts["topics"])]
        made = self.sandbox.control.chats(
            self.said(title), type=step.parts["kind"], owner=owner, members=members, topics=topics
        )
        self._chats[known] = made["chat_id"]

    def rename_chat(self, old_id: int, new_id: int) -> None:
        """A group got a new id."""
        self._chats = {known: new_id if chat_id == old_id else chat_id for known, chat_id in self._chats.items()}

    def person(self, words: str) -> Person:
        """By the name in the scenario or, if only one has it, by its first word; also anybody else in the world."""
        if words in self._people:
            return self.sandbox.world.people[self._people[words]]
        fitting = [person_id for known, person_id in self._people.items() if known.split()[0] == words]
        if len(fitting) == 1:
            return self.sandbox.world.people[fitting[0]]
        return self.sandbox.control.find_person(words)

    def member(self, words: str) -> int:
        """A person's or the bot's id."""
        return self.sandbox.world.bot.id if words == "the bot" else self.person(words).id

    def chat(self, words: str | Text) -> Chat:
        """By the title in the scenario, or by a title in the world."""
        known = words.english if isinstance(words, Text) else words
        return self.sandbox.control.find_chat(self._chats.get(known, self.said(words)))

    def place(self, words: str | Text | None, person: Person) -> tuple[Chat, int | None]:
        """Where something happens: `the bot`, `Riverside`, or `Shifts of Riverside`; no topic is None."""
        if words in {None, "the bot", "private"}:
            return self.sandbox.world.chats[person.id], None
        if isinstance(words, str) and " of " in words:
            topic, _, title = words.partition(" of ")
            chat = self.chat(title)
            return chat, self.sandbox.control.find_topic(chat, topic).id
        if words is None:
            raise ControlError("no place is named")
        return self.chat(words), None


def _attribute(row: dict[str, Any], item: str | Text, language: str) -> bool:
    """Take the item into the row if it is more than a description."""
    words = item if isinstance(item, str) else ""
    if words.isdigit():
        row["age"] = int(words)
    elif words.startswith("speaks "):
        spoken = words.removeprefix("speaks ")
        row["language_code"] = _SPOKEN.get(language if spoken == "scenario" else spoken, spoken)
    elif words.startswith("@"):
        row["username"] = words[1:]
    elif words.startswith("color "):
        row["color"] = words.removeprefix("color ")
    elif words == "background":
        row["featured"] = False
    elif _EMOJI.fullmatch(words):
        row["emoji"] = words
    else:
        return False
    return True
