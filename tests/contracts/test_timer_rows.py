"""What every store must find among the timers."""

from datetime import UTC, datetime, timedelta

from bot.domain.ids import CommunityId
from bot.domain.timers import TimerState, ended, new_timer

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


async def test_timers_fall_due_in_their_order_and_are_found_by_subject_and_person(store):
    def timer(n, minutes, who=None):
        due = NOW + timedelta(minutes=minutes)
        return new_timer("upkeep", CommunityId("c"), f"c-{n % 2}", due, step=str(n), person_id=who, n=n)

    async with store.transaction() as tx:
        for n, minutes, who in ((1, 5, "p1"), (2, 0, None), (3, 60, "p1"), (4, 1, "p2")):
            await tx.timers.save(timer(n, minutes, who))
    async with store.transaction() as tx:
        first = await tx.timers.one("c-0/upkeep/2")
        assert await tx.timers.next_due() == first.due == NOW
        await tx.timers.save(ended(first, TimerState.DONE, NOW))

        def numbers(timers):
            return [t.facts["n"] for t in timers]

        assert numbers(await tx.timers.due(NOW + timedelta(minutes=5), 10)) == [4, 1]
        assert numbers(await tx.timers.due(NOW + timedelta(minutes=5), 1)) == [4]
        assert numbers(await tx.timers.of_subject("c-1")) == [1, 3]
        assert numbers(await tx.timers.of_subject("c-0")) == [4]
        assert numbers(await tx.timers.of_person("p1", NOW + timedelta(minutes=5), 10)) == [1]
        assert numbers(await tx.timers.ended_before(TimerState.DONE, NOW + timedelta(seconds=1), 10)) == [2]
        assert await tx.timers.ended_before(TimerState.DONE, NOW, 10) == []
        assert await tx.timers.next_due() == NOW + timedelta(minutes=1)
