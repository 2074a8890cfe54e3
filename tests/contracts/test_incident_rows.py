"""What every store must answer about incidents and cases."""

from dataclasses import replace

from bot.domain import handling, reporting
from bot.domain.ids import CheckpointId, CommunityId, IncidentId
from tests.domain.reports import DAY, HOUR, LI, NOW, WANG, ZHAO, ZONE, reported, resolved, taken

C, GATE = CommunityId("c"), CheckpointId("c-gate")


async def filed(store, *dones):
    async with store.transaction() as tx:
        for done in dones:
            await tx.incidents.save(done.incident)
            await tx.entries.add(done.entry)


async def test_every_field_comes_back_as_it_was(store):
    waiting = handling.wait(
        replace(taken(reported("ill", "life", text="<b>fell</b>").incident), photos=("p1",), watchers=(ZHAO,)),
        by=WANG, leads=False, reason="the ambulance", review_on=(NOW + DAY).date(), zone=ZONE, now=NOW,
    )  # fmt: skip
    closed = reporting.solved(resolved(taken(reported(number=2).incident)), by=LI, now=NOW + HOUR)
    await filed(store, waiting, closed)

    async with store.reading() as tx:
        for done in (waiting, closed):
            assert await tx.incidents.one(done.incident.id) == replace(done.incident, version=1)
            assert await tx.entries.of_incident(done.incident.id) == [done.entry]


async def test_numbers_count_within_a_community(store):
    other = replace(reported(number=9).incident, id=IncidentId("d-i9"), community_id=CommunityId("d"))
    async with store.transaction() as tx:
        assert await tx.incidents.last_number(C) == 0
        await tx.incidents.save(other)
        for number in (1, 2, 10):
            await tx.incidents.save(reported(number=number).incident)

        assert await tx.incidents.last_number(C) == 10
        assert (await tx.incidents.by_number(C, 2)).id == "c-i2"
        assert await tx.incidents.by_number(C, 9) is None


async def test_open_ones_are_found_by_community_owner_and_place_the_oldest_first(store):
    later = reported(number=1, now=NOW + HOUR).incident
    mine = taken(reported(number=2).incident)
    over = reporting.withdraw(reported(number=3).incident, by=LI, now=NOW).incident
    asked = resolved(taken(reported(number=4).incident))
    async with store.transaction() as tx:
        for row in (later, mine, over, asked):
            await tx.incidents.save(row)

        assert [i.number for i in await tx.incidents.open_of_community(C)] == [2, 1]
        assert [i.number for i in await tx.incidents.of_owner(WANG)] == [2]
        assert [i.number for i in await tx.incidents.of_checkpoint(GATE, NOW + HOUR)] == [1]
        assert len(await tx.incidents.of_checkpoint(GATE, NOW)) == 4


async def test_what_a_person_reported_is_found_the_newest_first(store):
    async with store.transaction() as tx:
        for number in (1, 2, 3):
            await tx.incidents.save(reported(number=number, now=NOW + number * HOUR).incident)
        await tx.incidents.save(reported(number=4, by=ZHAO).incident)

        assert [i.number for i in await tx.incidents.of_reporter(LI, 2)] == [3, 2]


async def test_a_history_comes_in_its_order(store):
    first = reported()
    steps = [first, reporting.add(first.incident, by=LI, text="two", now=NOW)]
    for n in range(3, 13):
        steps.append(reporting.add(steps[-1].incident, by=LI, text=str(n), now=NOW))
    async with store.transaction() as tx:
        for done in reversed(steps):
            await tx.entries.add(done.entry)

        assert [e.seq for e in await tx.entries.of_incident(first.incident.id)] == list(range(1, 13))
