"""Presses that must each have an effect: every person claims each shift once, there is room for all, no two overlap."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from sandbox.server import Sandbox
from sandbox.world.messages import Message
from sandbox.world.pressing import press
from tests.sandbox.conftest import until

GROUP, GATE = "Willow Court", "Gate G00"
HOURS = ("0-4", "12-16")  # as far apart as people need to rest
ID = 19  # characters of a shift's name in a button, its community's in front
SETTLING = 90.0  # seconds before we call it stuck; a busy machine is slow, not wrong


@dataclass(frozen=True)
class Crowd:
    """How many people there are, and for how many days there are shifts; each person can take each shift once."""

    people: int
    days: int


@dataclass
class Asked:
    """What was asked for by a press: (account, shift)."""

    claimed: list[tuple[int, str]] = field(default_factory=list)
    assigned: list[tuple[int, str]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)


class Load:
    """A group, a gate, shifts for some days, and presses drawn from a seed; no pair of person and shift comes twice."""

    def __init__(self, sandbox: Sandbox, crowd: Crowd, seed: int) -> None:
        self.crowd = crowd
        self.sandbox = sandbox
        self.control = sandbox.control
        self.rng = Random(seed)
        self.asked = Asked()
        self.people: list[int] = []
        self.persons: dict[int, str] = {}  # account: the bot's id for the person, as its buttons say
        self.shifts: list[str] = []
        self._pairs: list[tuple[int, str]] = []
        self._patterns: dict[str, str] = {}
        self._later: tuple[int, str] | None = None

    def settle_in(self) -> None:
        """Make people and group."""
        rows: list[dict[str, Any]] = [{"name": f"Ku{n:03d}vo", "language_code": "en"} for n in range(self.crowd.people)]
        self.people = [row["id"] for row in self.control.people(people=rows)["people"]]
        self.control.chats(GROUP, type="supergroup", owner=self.people[0], members=list[int | str](self.people[1:]))

    async def set_up(self) -> None:
        """Make the community, the shifts and the patterns of the buttons, in fair weather."""
        chief = self.people[0]
        self.control.add(chief, GROUP, "bot", as_admin=True)
        for label in ("English", "Another zone", "Berlin", "I coordinate", "Done"):
            await self._press(chief, GROUP, label)
        for person in self.people:
            self.control.start(person)
            self.control.say(person, GROUP, "/shifts")  # whoever acts in the group belongs to it
        await self._settled()
        await self._say(f"/newcheckpoint {GATE}")
        for day in range(1, self.crowd.days + 1):
            await self._say(f"/newshift {GATE} in {day} days {', '.join(HOURS)} x{self.crowd.people}")
            await self._press(chief, "bot", "Make ")
        await self._learn_cards()
        await self._learn_buttons(chief)
        self._pairs = [(person, shift) for person in self.people[1:] for shift in self.shifts[: -self.crowd.days]]
        self.rng.shuffle(self._pairs)

    def burst(self, claims: int, assignments: int) -> None:
        """Several people press at once."""
        for _ in range(claims):
            person, shift = self._pairs.pop()
            self.asked.claimed.append((person, shift))
            self._send(person, self._patterns["claim"].format(shift=shift))
        for _ in range(assignments):
            person, shift = self._pairs.pop()
            self.asked.assigned.append((person, shift))
            data = self._patterns["assign"].format(shift=shift, person=self.persons[person])
            self._send(self.people[0], data)

    def fill_and_cancel(self, people: int) -> None:
        """Some people claim one of the last shifts, which is then called off: urgent word for each of them."""
        shift = self.shifts.pop()
        for person in self.rng.sample(self.people[1:], people):
            self.asked.claimed.append((person, shift))
            self._send(person, self._patterns["claim"].format(shift=shift))
        self.asked.cancelled.append(shift)
        self._later = (self.people[0], self._patterns["cancel"].format(shift=shift))

    @property
    def may_cancel(self) -> bool:
        """Whether a shift is filled and not called off yet."""
        return self._later is not None

    def cancel_now(self) -> None:
        """Call off the shift that was filled before."""
        if self._later is not None:
            self._send(*self._later)
            self._later = None

    def _send(self, person: int, data: str) -> None:
        shown = next(m for m in reversed(self.sandbox.world.chats[person].messages.values()) if not m.service)
        press(self.sandbox.world, shown, person, {"text": "button", "callback_data": data})

    async def _learn_cards(self) -> None:
        chat = self.control.find_chat(GROUP).id
        await until(lambda: len(self._claims(chat)) == self.crowd.days * len(HOURS))
        found = self._claims(chat)
        self._patterns["claim"] = found[0][:-ID] + "{shift}"
        self.shifts = [data[-ID:] for data in found]

    def _claims(self, chat: int) -> list[str]:
        buttons = [b for m in self.sandbox.world.chats[chat].messages.values() for b in m.buttons]
        return [b["callback_data"] for b in buttons if b["text"].startswith("Claim")]

    async def _learn_buttons(self, chief: int) -> None:
        """Walk once through the coordinator's pages, to see what their buttons send."""
        await self._say("/checkpoints")
        for label in (GATE, "👥", "Cancel this"):
            await self._press(chief, "bot", label)
        sure = next(b for b in self._newest(chief).buttons if b["text"].startswith("Yes"))["callback_data"]
        before, bar, yes = sure.rpartition("|")
        self._patterns["cancel"] = before[:-ID] + "{shift}" + bar + yes
        await self._press(chief, "bot", "No, keep")
        await self._press(chief, "bot", "Put somebody on")
        names = {f"Ku{n:03d}vo": person for n, person in enumerate(self.people)}
        while True:
            buttons = self._newest(chief).buttons
            for button in (b for b in buttons if b["text"] in names):
                before, _, self.persons[names[button["text"]]] = button["callback_data"].rpartition("|")
                self._patterns["assign"] = before[:-ID] + "{shift}|{person}"
            if "▶" not in [button["text"] for button in buttons]:
                return
            self.control.press(chief, "bot", label="▶")
            await until(partial(self._shows_other_buttons, chief, buttons))

    def _shows_other_buttons(self, person: int, shown: list[dict[str, Any]]) -> bool:
        return self._newest(person).buttons != shown

    def _newest(self, person: int) -> Message:
        return next(m for m in reversed(self.sandbox.world.chats[person].messages.values()) if m.buttons)

    async def _say(self, text: str) -> None:
        self.control.say(self.people[0], "bot", text)
        await self._settled()

    async def _press(self, person: int, chat: str, label: str) -> None:
        await until(lambda: any(label in b["text"] for m in self._recent(person, chat) for b in m.buttons))
        self.control.press(person, chat, label=label)
        await self._settled()

    def _recent(self, person: int, chat: str) -> list[Message]:
        where = self.control.find_chat(chat, self.control.find_person(person))
        return list(where.messages.values())[-3:]

    async def _settled(self) -> None:
        told_ = await self.control.settle(SETTLING)
        assert told_["settled"], told_
