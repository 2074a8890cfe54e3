"""A cause that was refused is refused again, in every store, and what it had done by then is undone."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import NotFound, NotYours
from bot.domain.outcomes import Spoken
from bot.domain.records import Mark
from bot.domain.when import LineRefused
from storage.refused import refusal_in, refusal_mark
from tests.contracts.conftest import tinydb_store
from tests.contracts.test_store import person
from tests.views.test_refusals import refusals

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
KEPT = [refusal for refusal in refusals("<4/5>") if not isinstance(refusal, LineRefused)]


async def refuse(store, cause, error):
    async with store.transaction(cause) as tx:
        await tx.people.save(person(1))
        await tx.refuse(error, NOW)


async def test_what_was_done_before_a_refusal_is_undone_and_the_refusal_is_kept(store):
    await refuse(store, "q1", NotYours())
    async with store.transaction("q1") as tx:
        assert await tx.people.get("p1") is None
        with pytest.raises(NotYours):
            await tx.earlier(Spoken)


async def test_a_refusal_that_comes_again_leaves_the_one_mark_there_is(store):
    await refuse(store, "q1", NotYours())
    async with store.transaction("q1") as tx:
        with pytest.raises(NotYours) as refused:
            await tx.earlier(Spoken)
        await tx.refuse(refused.value, NOW)
    async with store.reading() as tx:
        assert len(await tx.marks.before(NOW.replace(day=2), 9)) == 1


async def test_without_a_cause_nothing_is_kept(store):
    await refuse(store, "", NotYours())
    async with store.reading() as tx:
        assert await tx.marks.before(NOW.replace(day=2), 9) == []


async def test_an_error_after_a_refusal_takes_back_the_mark_alone(store):
    async with store.transaction() as tx:
        await tx.people.save(person(1))
    with pytest.raises(ZeroDivisionError):
        async with store.transaction("q1") as tx:
            await tx.people.save(person(1, name="Changed", version=1))
            await tx.refuse(NotYours(), NOW)
            raise ZeroDivisionError
    async with store.reading() as tx:
        assert (await tx.people.one("p1")).name == "Li 1"
        assert await tx.marks.get("q1") is None


async def test_a_refusal_survives_the_end_of_the_program(tmp_path):
    store = await tinydb_store(tmp_path)
    await refuse(store, "q1", NotFound("shifts"))
    await store.close()
    store = await tinydb_store(tmp_path)
    async with store.transaction("q1") as tx:
        with pytest.raises(NotFound) as refused:
            await tx.earlier(Spoken)
    assert refused.value == NotFound("shifts")
    await store.close()


@pytest.mark.parametrize("refusal", KEPT, ids=lambda refusal: type(refusal).__name__)
def test_every_refusal_is_read_as_it_was_kept(refusal):
    assert refusal_in(refusal_mark("q1", refusal, NOW)) == refusal


@pytest.mark.parametrize(("kind", "answer"), [("!NoSuchRule", "{}"), ("!ShiftFull", "{}")])
def test_one_that_a_version_before_has_written_is_still_a_refusal(kind, answer):
    assert refusal_in(Mark(id="q1", at=NOW, kind=kind, answer=answer)) == NotFound(kind[1:])


def test_an_outcome_is_no_refusal():
    assert refusal_in(Mark(id="q1", at=NOW, kind="Spoken", answer="{}")) is None
