"""Whatever Telegram does to the order and number of updates, they have their effect once.

The edge as it is, on a memory store: people claim and give back, come and go. The same updates are delivered plainly,
and then again as a crash or an impatient Telegram would: again from some update on, doubled, side by side for different
people, under other numbers.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import i18n
from bot.domain.assignments import Hold
from bot.domain.batches import Request
from bot.domain.commands import ClaimShift, ReleaseShift
from bot.domain.ids import BatchId
from bot.domain.notices import NoticeState
from bot.ports.store import Conflict
from bot.recurrence import Rules
from bot.services.communities import Group
from bot.services.desk import Desk
from bot.services.people import Caller
from bot.services.usecases import use_cases
from handlers.application import Edge
from handlers.wire.admins import Admins
from handlers.wire.callbacks import pack
from handlers.wire.receiver import Intake
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.edges.test_aside import Line, NumberedIds, Silence
from tests.fakes import FakeMessenger, VirtualClock

COURT = -1001
PEOPLE = (11, 12, 13)
SHIFTS = 3
# What one person does in order. Some of it is refused: claiming what they have, giving back what they have not.
STEPS = st.lists(st.tuples(st.sampled_from([ClaimShift, ReleaseShift]), st.sampled_from(range(SHIFTS))), max_size=5)


@dataclass
class Account:
    """Who the bot is."""

    id: int = 7
    username: str = "muster_bot"


class House:
    """A community with three shifts that have room for everybody, and the edge in front of it."""

    async def build(self):
        clock, ids = VirtualClock(), NumberedIds()
        self.store = EngineStore(MemoryEngine(ALL_TABLES))
        use = use_cases(Desk(self.store, clock, ids, Silence(), Rules()), 7)
        messenger, translators = FakeMessenger(clock), i18n.load()
        setup = await use.communities.arrive(Group(chat_id=COURT, title="Court"), "en")
        chief = await use.people.recognise(Caller(account=1, name="Chen", heard_language="en"), chat_id=COURT)
        await use.communities.finish(chief, setup.community_id, admin=True)
        gate = await use.checkpoints.open(chief, setup.community_id, "Gate", "gate")
        day = clock.now().replace(hour=0, day=10)
        spans = tuple((day.replace(hour=4 * n), day.replace(hour=4 * n + 4)) for n in range(SHIFTS))
        wish = Request(checkpoint_id=gate.checkpoint_id, spans=spans, needed=3, capacity=9)
        made = await use.making.make(chief, wish, "make")
        async with self.store.reading() as tx:
            self.shifts = [s.id for s in await tx.shifts.of_batch(BatchId(made.batch_id))]
        account: Any = Account()
        edge = Edge(account, messenger, Line(), use, translators, Admins(messenger, clock), lambda: "NR001")
        self.community = setup.community_id
        self.poison = []
        self.intake = Intake(edge.handle, self._put_aside, conflict=Conflict)
        return self

    async def _put_aside(self, raw, error, tries):
        self.poison.append(error)

    async def deliver(self, updates):
        await asyncio.gather(*(self.intake.take(update) for update in updates))

    async def state(self):
        assert self.poison == []
        async with self.store.reading() as tx:
            held = {}
            for shift in self.shifts:
                roster = await tx.assignments.roster(shift)
                assert await tx.assignments.count(shift, Hold.ON) == len(roster.on)
                held[shift] = sorted([(await tx.people.one(a.person_id)).name for a in roster.on])
            members = await tx.memberships.of_community(self.community)
            standing = {(await tx.people.one(m.person_id)).account: m.left_at is None for m in members}
            notices = [n for state in NoticeState for n in await tx.notices.in_state(state, 999)]
            owed = sorted([(n.kind, (await tx.people.one(n.person_id)).name) for n in notices])
            log = sorted(e.kind for e in await tx.log.of_community(members[0].community_id, limit=999))
        return held, standing, owed, log


def user(account):
    return {"id": account, "is_bot": False, "first_name": f"Person {account}", "language_code": "en"}


def press(number, account, command):
    chat = {"id": COURT, "type": "supergroup", "title": "Court"}
    return {
        "update_id": number,
        "callback_query": {
            "id": f"q{number}",
            "from": user(account),
            "chat_instance": "1",
            "data": pack(command),
            "message": {"message_id": 5, "date": 1, "chat": chat, "text": "card"},
        },
    }


def joins(number, account):
    chat = {"id": COURT, "type": "supergroup", "title": "Court"}
    out, inside = ({"user": user(account), "status": status} for status in ("left", "member"))
    body = {"chat": chat, "from": user(account), "date": 1, "old_chat_member": out, "new_chat_member": inside}
    return {"update_id": number, "chat_member": body}


def script(shifts, wishes):
    """Everybody comes, then claims and gives back in the order wished for."""
    updates, number = [], 100
    for account, wish in zip(PEOPLE, wishes, strict=True):
        updates.append(joins(number := number + 1, account))
        for command, shift in wish:
            updates.append(press(number := number + 1, account, command(shifts[shift])))
    return updates


def person(update):
    body = update.get("callback_query") or update["chat_member"]
    return body["from"]["id"]


def mixed(updates, order):
    """The same updates, everybody's own in their order, the people's among one another in the order given."""
    queues = {account: [u for u in updates if person(u) == account] for account in PEOPLE}
    turns = [PEOPLE[n % len(PEOPLE)] for n in order]
    out = [queues[account].pop(0) for account in turns if queues[account]]
    return out + [u for queue in queues.values() for u in queue]


async def history(wishes, deliver):
    house = await House().build()
    await deliver(house, script(house.shifts, wishes))
    return await house.state()


async def plainly(house, updates):
    for update in updates:
        await house.deliver([update])


@settings(max_examples=40)
@given(
    wishes=st.tuples(STEPS, STEPS, STEPS),
    order=st.lists(st.integers(0, 2), max_size=12),
    stops=st.lists(st.integers(0, 18), max_size=3),
    renumbered=st.integers(1, 10**9),
)
def test_delivered_again_doubled_in_another_order_and_under_other_numbers_it_is_the_same(
    wishes, order, stops, renumbered
):
    async def wildly(house, updates):
        updates = mixed(updates, order)
        for stop in stops:  # what came up to here was handled, and nothing of it was confirmed
            await house.deliver(updates[:stop])
        await house.deliver([u for update in updates for u in (update, update)])
        await house.deliver([u | {"update_id": renumbered + n} for n, u in enumerate(updates)])

    assert asyncio.run(history(wishes, wildly)) == asyncio.run(history(wishes, plainly))


async def test_a_press_that_was_refused_is_refused_again_though_it_could_succeed_now():
    house = await House().build()
    came, gave_back, claimed = script(house.shifts, ([(ReleaseShift, 0), (ClaimShift, 0)], (), ()))[:3]
    await plainly(house, [came, gave_back, claimed, gave_back])
    held, *_ = await house.state()
    assert held[house.shifts[0]] == ["Person 11"]
