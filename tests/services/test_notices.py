"""People who cannot be reached are made known once, and the outbox does not grow for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.render import Renderer
from bot.domain.commands import RemovePerson
from bot.domain.notices import Lane, NoticeState
from bot.domain.people import Reach
from bot.i18n import load
from bot.ids import RandomIds
from bot.ports.messenger import Unreachable
from bot.recurrence import Rules
from bot.services.notices import KEPT


async def put_on(town, chen, *people):
    """Put people on a shift; return the notices that tell them."""
    for n, person in enumerate(people):
        shift = await town.shift(chen, hours=48 + 12 * n)
        await town.use.rosters.assign(chen, town.put(shift, person.person_id), town.cause())
    return [n for n in await town.owed() if n.kind == "assigned"]


async def kinds(town):
    return [(n.kind, n.person_id) for n in await town.owed() if n.kind != "assigned"]


async def test_a_coordinator_is_told_once_of_somebody_who_cannot_be_reached(town, chen):
    li = await town.person(2)
    first, second = await put_on(town, chen, li, li)
    await town.use.people.unreachable(first, "blocked")
    await town.use.people.unreachable(first, "blocked")
    await town.use.people.unreachable(second, "blocked")
    assert await kinds(town) == [("unreachable", chen.person_id)]
    async with town.store.reading() as tx:
        assert (await tx.people.one(li.person_id)).reach is Reach.BLOCKED


async def test_a_coordinator_is_told_of_each_urgent_notice_that_may_not_have_arrived(town, chen):
    li = await town.person(2)
    first, second = await put_on(town, chen, li, li)
    for notice in (first, first, second):
        await town.use.people.unreachable(notice, "unsure")
    assert await kinds(town) == [("unsure", chen.person_id)] * 2
    async with town.store.reading() as tx:
        assert (await tx.people.one(li.person_id)).reach is not Reach.BLOCKED


async def test_nobody_is_told_of_themselves_and_a_lone_coordinator_makes_no_loop(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen)
    await town.use.rosters.assign(chen, town.put(shift, li.person_id), town.cause())
    await town.use.rosters.remove(chen, RemovePerson(shift, li.person_id, sure=True), town.cause())
    await town.use.people.unreachable((await town.owed())[0], "blocked")
    [told] = [n for n in await town.owed() if n.kind == "unreachable"]
    await town.use.people.unreachable(told, "blocked")
    assert await kinds(town) == [("removed", li.person_id), ("unreachable", chen.person_id)]


@pytest.mark.parametrize("reach", [Reach.BLOCKED, Reach.GONE])
async def test_whoever_is_known_to_have_blocked_the_bot_is_not_written_to_in_vain(town, chen, reach):
    li = await town.person(2)
    [notice] = await put_on(town, chen, li)
    await town.use.people.reached(2, reach)
    renderer = Renderer(load(), town.clock, RandomIds(), Rules())
    async with town.store.reading() as tx:
        with pytest.raises(Unreachable, match=reach):
            await renderer.notice(notice, tx)
    await town.use.people.reached(2, Reach.OPEN)
    async with town.store.reading() as tx:
        words = await renderer.notice(notice, tx)
    assert words is not None
    assert words[0] == 2


async def test_words_are_found_when_a_notice_is_sent_in_the_language_the_reader_speaks_then(town, chen):
    li = await town.person(2, language="en")
    [notice] = await put_on(town, chen, li)
    await town.use.people.speak(li, "zh_Hans")
    async with town.store.reading() as tx:
        words = await Renderer(load(), town.clock, RandomIds(), Rules()).notice(notice, tx)
    assert words is not None
    assert words[1].text.startswith("Chen Guihua给你排了班：")


async def test_several_assignments_are_put_into_words_together_in_the_readers_language(town, chen):
    li = await town.person(2, language="zh-hans")
    for hours in (48, 60, 72):
        shift = await town.shift(chen, hours=hours)
        await town.use.rosters.assign(chen, town.put(shift, li.person_id), town.cause())
    notices = [n for n in await town.owed() if n.kind == "assigned"]
    async with town.store.reading() as tx:
        message = await Renderer(load(), town.clock, RandomIds(), Rules()).together(notices, tx)
    assert message.text.startswith("Chen Guihua给你排了 3 个班：\n• <b>East Gate</b>，")
    assert message.text.count("\n") == 3


@pytest.mark.parametrize("state", list(KEPT))
async def test_what_was_done_with_long_ago_is_forgotten_and_nothing_else(town, chen, state):
    li = await town.person(2)
    [notice] = await put_on(town, chen, li)
    kept = KEPT[state]
    async with town.store.transaction() as tx:
        row = await tx.notices.one(notice.id)
        await tx.notices.save(replace(row, state=state))
        for n, age in enumerate((kept + timedelta(days=1), kept - timedelta(days=1))):
            old = replace(row, id=f"c-n{n}", turn=n, version=0, state=state, made_at=town.clock.now() - age)
            await tx.notices.save(old)
        waits = replace(row, id="c-n8", version=0, lane=Lane.BROADCAST, made_at=town.clock.now() - 9 * kept)
        await tx.notices.save(waits)
    await town.use.rounds.go()
    town.clock.instant += timedelta(hours=20)  # over the night, when old books are forgotten
    await town.use.rounds.go()
    async with town.store.reading() as tx:
        assert [n.id for n in await tx.notices.in_state(state, 9)] == ["c-n1", notice.id]
        assert [n.id for n in await tx.notices.in_state(NoticeState.PENDING, 9)] == ["c-n8"]
