"""What a report says stays with those who may read it; nothing typed is lost, nothing happens twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import DraftGone, NotAllowed, NotFound
from bot.domain.incident_commands import WithdrawReport
from bot.domain.incident_errors import IncidentMoved, NotTheOwner, NotTheReporter
from bot.domain.incident_notices import (
    ADDED,
    CALLED,
)
from bot.domain.life_errors import TextTooLong
from bot.domain.severity import Severity
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.incident_showing import look_up_incident
from tests.services.conftest import NumberedIds
from tests.services.reports import CANARY, incident, lead, on_duty, report, time_passes, told


async def test_words_and_photos_may_come_first_or_later_and_too_many_words_lose_nothing(town, boss, li):
    form = await town.use.reporting.begin(li)
    await town.use.reporting.fill(li, form.step, "a branch", "photo1")
    with pytest.raises(TextTooLong):
        await town.use.reporting.fill(li, "place", "x" * 1000)
    await town.use.reporting.fill(li, "place", town.gate)
    shown = await report(town, li, text="on the path")
    assert (await incident(town, shown)).text == "on the path"

    await town.use.reporting.begin(li)
    await town.use.reporting.fill(li, "place", "a branch", "photo1")
    await town.use.reporting.fill(li, "place", town.gate)
    await town.use.reporting.fill(li, "category", "storm")
    second = await town.use.reporting.send(li, town.cause())
    assert ((await incident(town, second)).text, (await incident(town, second)).photos) == ("a branch", ("photo1",))

    added = await town.use.reporting.add(li, second.incident_id, "and a wire", "", town.cause())
    assert added.added == ("and a wire",)
    assert await told(town, ADDED) == [boss.person_id]


async def test_sent_twice_or_delivered_twice_it_is_one_report(town, boss, li):
    await town.use.reporting.begin(li)
    await town.use.reporting.fill(li, "place", town.gate)
    await town.use.reporting.fill(li, "category", "storm")

    first, again = [await town.use.reporting.send(li, "one press") for _ in range(2)]
    with pytest.raises(DraftGone):
        await town.use.reporting.send(li, "another press")

    assert first == again
    async with town.store.reading() as tx:
        assert await tx.incidents.last_number(town.community) == 1


async def test_strangers_and_those_not_called_see_nothing_and_take_nothing(town, boss, li, wang):
    shown = await report(town, li, text=CANARY)
    stranger = await town.person(66, "Stranger", group=False)

    for who in (wang, stranger):
        for act in (town.use.handling.look, town.use.reporting.mine, town.use.handling.photo):
            with pytest.raises(NotFound):
                await act(who, shown.incident_id)
        with pytest.raises(NotFound):
            await town.use.handling.take(who, shown.incident_id, town.cause())
    with pytest.raises(NotAllowed):
        await town.use.handling.take(li, shown.incident_id, town.cause())
    with pytest.raises(NotTheReporter):
        await town.use.reporting.withdraw(boss, WithdrawReport(shown.incident_id, sure=True), town.cause())


async def test_only_whoever_has_it_or_leads_says_that_it_is_solved(town, boss, li, wang):
    await on_duty(town, boss, wang)
    shown = await report(town, li)
    await town.use.handling.take(boss, shown.incident_id, town.cause())

    with pytest.raises(NotTheOwner):
        await town.use.handling.resolve(wang, shown.incident_id, "swept up", "", town.cause())


async def test_what_was_written_is_in_no_log_and_no_notice_before_it_is_read(town, boss, li):
    shown = await report(town, li, text=CANARY)
    await town.use.reporting.add(li, shown.incident_id, CANARY, "", town.cause())

    async with town.store.reading() as tx:
        assert CANARY not in str(await tx.log.of_community(town.community, limit=100))
        assert CANARY not in str(await tx.notices.in_state("pending", 100))


async def test_whoever_may_no_longer_read_it_when_it_is_sent_does_not_get_it(town, boss, li, wang):
    await on_duty(town, boss, wang)
    await report(town, li, text=CANARY)
    notice = next(n for n in await town.owed() if n.kind == CALLED)
    async with town.store.transaction() as tx:
        membership = await tx.memberships.one(f"{town.community}:{wang.person_id}")
        await tx.memberships.save(replace(membership, left_at=town.clock.now()))

    async with Desk(town.store, town.clock, NumberedIds(), town.heard, Rules()).reading() as view:
        assert await look_up_incident(view, notice) is None


async def test_what_is_for_coordinators_only_is_not_sent_to_leads(town, boss, li, wang, ids):
    await lead(town, wang)
    await report(town, li, "ill")

    await time_passes(town, ids, timedelta(minutes=20))

    assert wang.person_id not in await told(town, CALLED)


async def test_danger_shows_the_numbers_of_the_communitys_country(town, boss, li):
    async with town.store.transaction() as tx:
        community = await tx.communities.one(town.community)
        await tx.communities.save(replace(community, zone="Asia/Shanghai"))

    shown = await report(town, li, "quarrel", fact="violence")

    assert (shown.severity, shown.numbers) == (Severity.DANGER, "110 · 119 · 120")


async def test_what_is_withdrawn_cannot_be_taken(town, boss, li):
    shown = await report(town, li)
    await town.use.reporting.withdraw(li, WithdrawReport(shown.incident_id), town.cause())

    with pytest.raises(IncidentMoved):
        await town.use.handling.take(boss, shown.incident_id, town.cause())
