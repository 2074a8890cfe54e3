"""`python -m bot outbox`: what is owed and what may not have arrived, without anybody's name or words."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import CommunityId, PersonId
from bot.domain.notices import Lane, Notice, NoticeState, Part
from storage import open_store
from tests.command_line.conftest import NOW


def notice(number, state=NoticeState.PENDING, **more):
    plain = Notice(
        id=f"c-n{number:03}",
        community_id=CommunityId("c"),
        person_id=PersonId("p1"),
        lane=Lane.URGENT,
        kind="cancelled",
        facts={"by": "李 <b>"},
        turn=number,
        made_at=NOW + timedelta(minutes=number),
        not_before=NOW,
        state=state,
    )
    return replace(plain, **more)


async def owe(folder, *notices):
    store = await open_store(folder)
    async with store.transaction() as tx:
        for row in notices:
            await tx.notices.save(row)
    await store.close()


async def test_it_counts_by_state_and_lists_what_is_uncertain_or_failed_the_newest_first(typed, folder):
    await owe(
        folder,
        notice(1, NoticeState.FAILED, reason="blocked", attempts=1),
        notice(2, NoticeState.SENT),
        notice(3, NoticeState.UNCERTAIN, reason="interrupted", attempts=2),
        notice(4, part=Part(1, 2, "private words")),
    )
    said = typed("outbox", "--data", folder)
    assert said.code == 0
    assert said.out.splitlines() == [
        "1 pending, 0 sending, 1 sent, 1 uncertain, 1 failed, 0 expired.",
        "2026-12-01 08:03:00  c-n003  uncertain  urgent  cancelled  to p1  tries 2  interrupted",
        "2026-12-01 08:01:00  c-n001  failed  urgent  cancelled  to p1  tries 1  blocked",
    ]
    assert "李" not in said.out


async def test_it_can_be_asked_while_the_bot_runs(typed, folder):
    store = await open_store(folder)
    async with store.transaction() as tx:
        await tx.notices.save(notice(1))
    assert typed("outbox", "--data", folder).out.startswith("1 pending")
    await store.close()


async def test_very_many_are_cut_short_and_none_is_no_error(typed, folder):
    assert typed("outbox", "--data", folder).out == (
        "0 pending, 0 sending, 0 sent, 0 uncertain, 0 failed, 0 expired.\n"
    )
    await owe(folder, *(notice(n, NoticeState.FAILED) for n in range(205)))
    lines = typed("outbox", "--data", folder).out.splitlines()
    assert len(lines) == 202
    assert lines[-1] == "… and 5 older ones."


def test_a_damaged_database_is_reported(typed, folder):
    path = folder / "muster.json"
    path.write_bytes(path.read_bytes()[:-20])
    for journal in folder.glob("muster.json.journal.*"):
        journal.write_bytes(b"nonsense" * 20)
    said = typed("outbox", "--data", folder)
    assert said.code == 1
    assert said.err
