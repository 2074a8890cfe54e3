"""Codes at a checkpoint's wall: who scans one is checked in, or hears kindly why not; of where they are, yes or no."""

from datetime import timedelta

import pytest

from bot.domain.attendance import How
from bot.domain.code_commands import CodePage, NewCode, RevokeCode, ScanCode, WhereItIs
from bot.domain.commands import ClaimShift
from bot.domain.errors import DraftGone, NotAllowed
from bot.domain.life_errors import CodeInvalid
from tests.services.conftest import NOW

START = NOW + timedelta(hours=48)
HERE, FAR_AWAY = (31.2304, 121.4737), (31.3, 121.4737)


@pytest.fixture
async def li(town, chen):
    return await town.person(2, "Li Na")


@pytest.fixture
async def code(town, chen):
    return (await town.use.codes.make(chen, NewCode(town.gate), town.cause())).code_id


@pytest.fixture
async def shift(town, chen, li):
    shift = await town.shift(chen, places=2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    return shift


async def scan(town, who, code, shift_id="", cause=None):
    return await town.use.scanning.scan(who, ScanCode(code, shift_id), cause or town.cause())


async def attendance(town, shift, who):
    async with town.store.reading() as tx:
        return await tx.attendances.get(f"{shift}:{who.person_id}")


async def test_whoever_scans_within_their_time_is_checked_in_by_code_once(town, li, code, shift):
    town.clock.instant = START - timedelta(minutes=15)

    first, twice = await scan(town, li, code, cause="scan"), await scan(town, li, code, cause="scan")

    assert (first, first.what, first.ask) == (twice, "checked_in", False)
    assert (await attendance(town, shift, li)).how is How.CODE
    assert (await scan(town, li, code)).what == "there"


async def test_too_early_it_says_from_when_on(town, li, code, shift):
    town.clock.instant = START - timedelta(minutes=16)

    told = await scan(town, li, code)

    assert (told.what, told.opens) == ("early", START - timedelta(minutes=15))


async def test_when_the_shift_is_over_it_says_which_one_it_was(town, li, code, shift):
    town.clock.instant = START + timedelta(hours=5)

    told = await scan(town, li, code)

    assert (told.what, told.slots[0].shift_id) == ("over", shift)


async def test_somebody_without_a_shift_hears_so_and_nothing_changes(town, li, code, shift):
    wang = await town.person(3, "Wang")
    town.clock.instant = START

    assert (await scan(town, wang, code)).what == "none"
    assert await attendance(town, shift, wang) is None


async def test_whose_shift_is_at_another_checkpoint_hears_where(town, chen, li, shift):
    other = (await town.use.checkpoints.open(chen, town.community, "Yard", town.cause())).checkpoint_id
    yard = (await town.use.codes.make(chen, NewCode(other), town.cause())).code_id
    town.clock.instant = START

    told = await scan(town, li, yard)

    assert (told.what, told.place, told.slots[0].place) == ("elsewhere", "Yard", "East Gate")
    assert await attendance(town, shift, li) is None


async def test_with_two_shifts_at_once_they_are_asked_which(town, chen, li, code, shift):
    following = await town.shift(chen, hours=52)
    await town.use.shifts.claim(li, ClaimShift(following), town.cause())
    town.clock.instant = START + timedelta(hours=4) - timedelta(minutes=10)

    asked = await scan(town, li, code)
    done = await scan(town, li, asked.code_id, following)

    assert [s.shift_id for s in asked.slots] == [shift, following]
    assert (done.what, done.duty.slot.shift_id) == ("checked_in", following)


async def test_strangers_are_told_how_to_come_in(town, code, shift):
    stranger = await town.person(9, "Stranger", group=False)

    assert (await scan(town, stranger, code)).what == "stranger"


async def test_an_older_code_says_that_it_is_no_longer_valid_and_leads_to_the_button(town, chen, li, code, shift):
    fresh = await town.use.codes.make(chen, NewCode(town.gate), town.cause())
    town.clock.instant = START

    told = await scan(town, li, code)
    with pytest.raises(CodeInvalid):
        await scan(town, li, code, shift)

    assert (told.what, [s.shift_id for s in told.slots]) == ("revoked", [shift])
    assert await attendance(town, shift, li) is None
    assert (await scan(town, li, fresh.code_id)).what == "checked_in"


async def test_a_code_that_never_was_is_refused(town, li, shift):
    with pytest.raises(CodeInvalid):
        await scan(town, li, f"{town.community}-nothing")


async def test_a_code_out_of_use_is_shown_to_nobody_and_taking_it_out_twice_changes_nothing(town, chen, code):
    await town.use.codes.revoke(chen, RevokeCode(town.gate), town.cause())
    again = await town.use.codes.revoke(chen, RevokeCode(town.gate), town.cause())

    assert again.code_id is None
    assert (await town.use.codes.page(chen, CodePage(town.gate))).code_id is None


async def test_only_coordinators_make_codes_and_say_where_it_is(town, li):
    for attempt in (
        town.use.codes.page(li, CodePage(town.gate)),
        town.use.codes.make(li, NewCode(town.gate), town.cause()),
        town.use.codes.revoke(li, RevokeCode(town.gate), town.cause()),
        town.use.codes.ask_spot(li, WhereItIs(town.gate)),
    ):
        with pytest.raises(NotAllowed):
            await attempt


@pytest.mark.parametrize(
    ("at", "near", "what"), [(HERE, True, "near"), (FAR_AWAY, False, "far"), (None, None, "skipped")]
)
async def test_of_where_somebody_is_only_yes_or_no_is_kept(town, chen, li, code, shift, at, near, what):
    await town.use.codes.ask_spot(chen, WhereItIs(town.gate))
    assert (await town.use.codes.locate(chen, HERE, town.cause())).located
    town.clock.instant = START
    assert (await scan(town, li, code)).ask

    told = await town.use.scanning.near(li, at, town.cause())

    assert (told.what, (await attendance(town, shift, li)).near) == (what, near)
    with pytest.raises(DraftGone):  # asked once
        await town.use.scanning.near(li, HERE, town.cause())


async def test_whoever_fills_in_a_form_is_not_asked_and_loses_nothing(town, chen, code):
    await town.use.codes.ask_spot(chen, WhereItIs(town.gate))
    await town.use.codes.locate(chen, HERE, town.cause())
    shift = await town.shift(chen)
    await town.use.shifts.claim(chen, ClaimShift(shift), town.cause())
    town.clock.instant = START
    await town.use.forms.open(chen, "checkpoint")

    told = await scan(town, chen, code)

    assert (told.what, told.ask) == ("checked_in", False)
    assert (await town.use.forms.current(chen)).dialog == "checkpoint"


async def test_a_checkpoint_whose_place_no_longer_matters_asks_nobody(town, chen, li, code, shift):
    for at in (HERE, None):
        await town.use.codes.ask_spot(chen, WhereItIs(town.gate))
        await town.use.codes.locate(chen, at, town.cause())
    town.clock.instant = START

    assert not (await scan(town, li, code)).ask
