"""Handing over in the town: left by those who were there, accepted once by those who come."""

from datetime import timedelta

import pytest

from bot.domain.commands import ClaimShift
from bot.domain.duty_commands import AcceptHandover, CheckIn, HandoverChain
from bot.domain.errors import DraftGone, NotAllowed
from bot.domain.life_errors import HandoverOver, NotCheckedIn, NoteInvalid, OwnPlace
from tests.services.conftest import NOW

START = NOW + timedelta(hours=48)


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


@pytest.fixture
async def wang(town, chen):
    return await town.person(3, "Wang")


@pytest.fixture
async def shift(town, chen, li, wang):
    """Both are on it; Li is there."""
    shift = await town.shift(chen, places=2)
    for who in (li, wang):
        await town.use.shifts.claim(who, ClaimShift(shift), town.cause())
    town.clock.instant = START
    await town.use.attendance.check_in(li, CheckIn(shift), town.cause())
    return shift


async def left(town, who, shift, *, note="The barrier sticks", kit="5", photo=""):
    """Let somebody fill in the whole form."""
    await town.use.handovers.begin(who, shift)
    for step, text in (("note", note), ("kit", kit), ("photo", "")):
        form = await town.use.handovers.fill(who, step, text, photo if step == "photo" else "", town.cause())
    assert form.step == "done"
    return (await town.use.handovers.chain(who, HandoverChain(town.gate))).notes[0]


async def test_a_note_is_read_at_check_in_and_taken_over_once(town, li, wang, shift):
    note = await left(town, li, shift)
    arrived = await town.use.attendance.check_in(wang, CheckIn(shift), town.cause())
    assert arrived.handover == note

    await town.use.handovers.accept(wang, AcceptHandover(note.handover_id), "press")
    again = await town.use.handovers.accept(wang, AcceptHandover(note.handover_id), "press")

    assert (again.accepted_by, again.kit, again.text) == ("Wang", 5, "The barrier sticks")
    assert [n.kind for n in await town.owed() if n.person_id == li.person_id][-1:] == ["handover_accepted"]
    with pytest.raises(HandoverOver):
        await town.use.handovers.accept(wang, AcceptHandover(note.handover_id), town.cause())


async def test_only_somebody_else_who_is_there_takes_over(town, li, wang, shift):
    note = await left(town, li, shift)

    with pytest.raises(NotCheckedIn):
        await town.use.handovers.accept(wang, AcceptHandover(note.handover_id), town.cause())
    with pytest.raises(OwnPlace):
        await town.use.handovers.accept(li, AcceptHandover(note.handover_id), town.cause())
    stranger = await town.person(9, "Stranger", group=False)
    with pytest.raises(NotAllowed):
        await town.use.handovers.accept(stranger, AcceptHandover(note.handover_id), town.cause())
    with pytest.raises(NotAllowed):
        await town.use.handovers.chain(stranger, HandoverChain(town.gate))


async def test_whoever_was_not_there_leaves_nothing(town, wang, shift):
    with pytest.raises(NotCheckedIn):
        await town.use.handovers.begin(wang, shift)


async def test_those_who_are_there_hear_of_a_note(town, li, wang, shift):
    await town.use.attendance.check_in(wang, CheckIn(shift), town.cause())

    await left(town, li, shift)

    assert (wang.person_id, "handover_left") in [(n.person_id, n.kind) for n in await town.owed()]


async def test_a_photo_alone_is_a_note_and_what_cannot_be_read_is_said(town, li, shift):
    await town.use.handovers.begin(li, shift)
    for text in ("", "x" * 1001):
        with pytest.raises(NoteInvalid):
            await town.use.handovers.fill(li, "note", text, "", town.cause())
    await town.use.handovers.fill(li, "note", "", "file-1", town.cause())
    with pytest.raises(NoteInvalid):
        await town.use.handovers.fill(li, "kit", "10000", "", town.cause())

    assert (await town.use.handovers.fill(li, "kit", "", "", "press")).step == "done"
    assert (await town.use.handovers.fill(li, "kit", "", "", "press")).step == "done"  # the same update again
    with pytest.raises(DraftGone):
        await town.use.handovers.fill(li, "kit", "", "", town.cause())
    [note] = (await town.use.handovers.chain(li, HandoverChain(town.gate))).notes
    assert (note.text, note.kit, note.photo) == ("", None, True)


async def test_a_long_chain_is_read_in_pages(town, li, shift):
    for n in range(7):
        town.clock.instant += timedelta(minutes=1)
        await left(town, li, shift, note=f"note {n}")

    pages = [await town.use.handovers.chain(li, HandoverChain(town.gate, page)) for page in (0, 1)]

    assert [n.text for p in pages for n in p.notes] == [f"note {n}" for n in range(6, -1, -1)]
    assert [p.more for p in pages] == [True, False]
