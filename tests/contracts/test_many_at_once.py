"""A thousand at once: the same for every store."""

import asyncio
from dataclasses import replace

from bot.domain.outcomes import Spoken
from bot.ports.store import Conflict
from tests.contracts.test_store import NOW, person, place, shift


async def test_a_thousand_tasks_fill_ten_places_exactly(store):
    one = shift(capacity=10)
    async with store.transaction() as tx:
        await tx.shifts.save(one)

    async def claim(n):
        async with store.transaction(f"press {n}") as tx:
            roster = await tx.assignments.roster(one.id)
            await asyncio.sleep(0)
            if len(roster.on) >= one.capacity:
                return False
            await tx.assignments.save(place(one, f"p{n}", tx.turn()))
            return True

    won = await asyncio.gather(*(claim(n) for n in range(1000)))

    assert sum(won) == 10
    async with store.reading() as tx:
        assert len((await tx.assignments.roster(one.id)).on) == 10


async def test_a_cause_that_comes_a_thousand_times_at_once_has_one_effect_and_one_answer(store):
    async def press():
        async with store.transaction("update 7") as tx:
            if (before := await tx.earlier(Spoken)) is not None:
                return before
            await asyncio.sleep(0)
            await tx.people.add(person(1, name=f"{tx.turn()}"))
            answer = Spoken(language=f"turn {tx.turn()}")
            await tx.remember(answer, NOW)
            return answer

    answers = await asyncio.gather(*(press() for _ in range(1000)))

    assert len({answer.language for answer in answers}) == 1
    async with store.reading() as tx:
        assert (await tx.people.one("p1")).version == 0


async def test_of_a_thousand_who_change_one_row_from_what_they_saw_each_misses_or_counts(store):
    """Optimistic versions: nobody overwrites a change they have not seen."""
    async with store.transaction() as tx:
        await tx.people.save(person(1, name="0"))

    async def count_up():
        async with store.reading() as tx:
            mine = await tx.people.one("p1")
        try:
            async with store.transaction() as tx:
                await asyncio.sleep(0)
                await tx.people.save(replace(mine, name=str(int(mine.name) + 1)))
        except Conflict:
            return False
        return True

    counted = sum(await asyncio.gather(*(count_up() for _ in range(1000))))

    async with store.reading() as tx:
        assert int((await tx.people.one("p1")).name) == counted >= 1
