"""Communities, people and forms, through the services and the store."""

from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain.commands import ClaimShift
from bot.domain.communities import chat_key
from bot.domain.people import Reach
from bot.services.communities import Group
from bot.services.forms import CHECKPOINT, PERSON
from bot.services.people import Caller


async def test_the_zone_is_guessed_from_the_language_until_it_is_chosen(town):
    chief = await town.person(1)
    setup = await town.use.communities.arrive(Group(chat_id=-100, title="Court"), "zh-hans")
    key = setup.community_id

    guessed = await town.use.communities.choose_language(chief, key, "en", admin=True)
    chosen = await town.use.communities.choose_zone(chief, key, "Europe/Berlin", admin=True)
    kept = await town.use.communities.choose_language(chief, key, "zh_Hans", admin=True)

    assert [s.zone for s in (setup, guessed, chosen, kept)] == [
        "Asia/Shanghai",
        "Europe/London",
        "Europe/Berlin",
        "Europe/Berlin",
    ]


async def test_somebody_who_is_no_admin_settles_nothing(town):
    setup = await town.use.communities.arrive(Group(chat_id=-100, title="Court"), "en")
    li = await town.person(2)

    for attempt in (
        town.use.communities.choose_language(li, setup.community_id, "en", admin=False),
        town.use.communities.choose_zone(li, setup.community_id, -1, admin=False),
        town.use.communities.become_coordinator(li, setup.community_id, "once", admin=False),
        town.use.communities.finish(li, setup.community_id, admin=False),
    ):
        with pytest.raises(errors.NotAllowed):
            await attempt


async def test_a_zone_nobody_knows_is_refused_by_name(town):
    setup = await town.use.communities.arrive(Group(chat_id=-100, title="Court"), "en")
    with pytest.raises(errors.ZoneUnknown):
        await town.use.communities.choose_zone(await town.person(1), setup.community_id, "../etc/passwd", admin=True)


async def test_whoever_finishes_an_unled_setup_coordinates(town):
    li = await town.person(2, "Li")
    setup = await town.use.communities.arrive(Group(chat_id=-100, title="Court"), "en")

    ready = await town.use.communities.finish(li, setup.community_id, admin=True)

    assert (ready.ready, ready.coordinators) == (True, ("Li",))


async def test_a_press_on_i_coordinate_that_comes_twice_turns_it_once(town):
    li = await town.person(2, "Li")
    key = (await town.use.communities.arrive(Group(chat_id=-100, title="Court"), "en")).community_id

    first = await town.use.communities.become_coordinator(li, key, "press 1", admin=True)
    again = await town.use.communities.become_coordinator(li, key, "press 1", admin=True)
    no_longer = await town.use.communities.become_coordinator(li, key, "press 2", admin=True)

    assert [s.coordinators for s in (first, again, no_longer)] == [("Li",), ("Li",), ()]


async def test_coming_back_into_a_group_finds_everything_as_it_was(town, chen):
    await town.use.groups.depart(-100)

    again = await town.use.communities.arrive(Group(chat_id=-100, title="Willow Court"), "zh")

    assert (again.community_id, again.ready) == (town.community, True)


async def test_a_group_that_becomes_a_supergroup_keeps_its_shifts_and_posts_its_cards_anew(town, chen):
    shift = await town.shift(chen)

    await town.use.groups.migrate(-100, -1001)
    await town.use.groups.migrate(-100, -1001)

    town.chat_id = -1001
    li = await town.person(2)
    await town.use.shifts.claim(li, ClaimShift(shift), town.cause())
    async with town.store.reading() as tx:
        cards = await tx.cards.of_chat(chat_key(7, -1001))
        assert [c.message_id for c in cards] == [None]
        assert await tx.cards.of_chat(chat_key(7, -100)) == []
        assert (await tx.communities.one(town.community)).chat == chat_key(7, -1001)


async def test_what_was_begun_for_the_supergroup_before_the_move_was_known_is_undone(town, chen):
    await town.shift(chen)
    await town.use.communities.arrive(
        Group(chat_id=-1001, title="Willow Court", forum=True, rights=["pin_messages"]), "en"
    )
    await town.use.people.recognise(Caller(account=2, name="Li", heard_language="en"), chat_id=-1001)

    await town.use.groups.migrate(-100, -1001)

    async with town.store.reading() as tx:
        chat = await tx.chats.one(chat_key(7, -1001))
        assert (chat.community_id, chat.admin, chat.forum, chat.present) == (town.community, True, True, True)
        li = await tx.people.by_account(2)
        assert await tx.memberships.of_person(li.id) == []


async def test_a_renamed_group_renames_its_community_unless_that_has_a_name_of_its_own(town, chen):
    await town.use.groups.renamed(-100, "Oak Court")
    await town.use.groups.renamed(-999, "Nobody's")
    async with town.store.reading() as tx:
        assert (await tx.chats.one(chat_key(7, -100))).title == "Oak Court"
        assert (await tx.communities.one(town.community)).name == "Oak Court"


async def test_a_bot_that_comes_back_looks_at_its_cards_again(town, chen):
    await town.shift(chen)
    await town.use.groups.depart(-100)
    town.heard.days.clear()
    await town.use.communities.arrive(Group(chat_id=-100, title="Willow Court"), "en")
    assert len(town.heard.days) == 1


async def test_a_coordinator_who_is_put_out_of_the_group_is_none_any_more_even_when_coming_back(town, chen):
    await town.use.people.left(1, -100, put_out=True)
    await town.use.people.left(1, -100, put_out=True)
    with pytest.raises(errors.NotAllowed):
        await town.use.checkpoints.open(chen, town.community, "West Gate", town.cause())
    await town.person(1)
    with pytest.raises(errors.NotAllowed):
        await town.use.checkpoints.open(chen, town.community, "West Gate", town.cause())


async def test_a_coordinator_who_leaves_may_do_nothing_until_coming_back(town, chen):
    await town.use.people.left(1, -100)
    with pytest.raises(errors.NotAllowed):
        await town.use.checkpoints.open(chen, town.community, "West Gate", town.cause())
    await town.person(1, "Chen Guihua")
    assert (await town.use.checkpoints.open(chen, town.community, "West Gate", town.cause())).checkpoint_id


async def test_whoever_left_and_hears_it_twice_stays_left_since_the_first_time(town, chen):
    await town.person(2)
    for _ in range(2):
        await town.use.people.left(2, -100)
        town.clock.instant += timedelta(minutes=1)
    async with town.store.reading() as tx:
        li = await tx.people.by_account(2)
        [membership] = await tx.memberships.of_person(li.id)
    assert membership.left_at == town.clock.now() - timedelta(minutes=2)


async def test_a_person_is_one_and_the_same_under_a_new_name(town):
    first = await town.use.people.recognise(Caller(account=5, name="Li", heard_language="en"), started=True)
    second = await town.use.people.recognise(Caller(account=5, name="Li Wei", heard_language="zh"))

    assert first.person_id == second.person_id
    assert (second.name, second.language, second.reachable) == ("Li Wei", "zh_Hans", True)


async def test_an_account_nobody_stands_behind_is_not_recognised(town):
    with pytest.raises(errors.NotIdentified):
        await town.use.people.recognise(Caller(account=None, name="Group", heard_language=None))


async def test_somebody_who_blocks_the_bot_is_no_longer_reachable(town):
    await town.use.people.recognise(Caller(account=5, name="Li", heard_language="en"), started=True)

    await town.use.people.reached(5, Reach.BLOCKED)

    again = await town.use.people.recognise(Caller(account=5, name="Li", heard_language="en"))
    assert not again.reachable


async def test_a_volunteer_who_leaves_the_group_may_no_longer_claim_in_private(town, chen):
    li = await town.person(2)
    shift = await town.shift(chen, places=2)
    await town.use.people.join_by_link(li, town.community)
    await town.use.people.left(2, -100)

    private = await town.person(2, group=False)
    with pytest.raises(errors.NotAllowed):
        await town.use.shifts.claim(private, ClaimShift(shift), town.cause())


async def test_two_checkpoints_of_one_name_are_refused_whatever_the_width_and_case(town, chen):
    with pytest.raises(errors.NameTaken):
        await town.use.checkpoints.open(chen, town.community, "ＥＡＳＴ gate", town.cause())


async def test_a_form_survives_between_steps_and_expires_when_left_alone(town, chen):
    await town.use.planning.begin(chen, line="tomorrow x3")
    placed = await town.use.planning.fill(chen, "place", town.gate)
    done = await town.use.planning.fill(chen, "hours", "8-12")

    assert (placed.step, done.step) == ("hours", "preview")
    assert (done.planned.needed, len(done.planned.spans)) == (3, 1)
    town.clock.instant += timedelta(minutes=31)
    with pytest.raises(errors.DraftGone):
        await town.use.planning.request(chen)


async def test_a_wrong_answer_loses_nothing_said_before(town, chen):
    await town.use.planning.begin(chen, line="East Gate tomorrow")
    with pytest.raises(errors.DomainError):
        await town.use.planning.fill(chen, "hours", "whenever")

    again = await town.use.planning.show(chen)

    assert (again.step, again.place, len(again.days)) == ("hours", "East Gate", 1)


async def test_something_with_two_readings_is_asked_back_and_then_goes_on(town, chen):
    asked = await town.use.planning.begin(chen, line="East Gate 3/4 8-12 x2")
    assert asked.step == "which"

    done = await town.use.planning.fill(chen, "which", "0")

    assert done.step == "preview"


async def test_an_old_button_of_a_form_is_refused(town, chen):
    await town.use.planning.begin(chen, line="East Gate tomorrow")
    with pytest.raises(errors.DraftGone):
        await town.use.planning.fill(chen, "day", "2026-12-24")


async def test_one_step_back_asks_it_again(town, chen):
    await town.use.planning.begin(chen, line="East Gate tomorrow 8-12 x3")

    assert [(await town.use.planning.back(chen)).step for _ in range(3)] == ["places", "hours", "day"]


async def test_an_unknown_checkpoint_is_named_and_the_rest_is_kept(town, chen):
    form = await town.use.planning.begin(chen, line="Nort Gate tomorrow 8-12 x3")

    assert (form.step, form.unknown) == ("place", "Nort Gate")
    assert (await town.use.planning.fill(chen, "place", town.gate)).step == "preview"


async def test_a_person_form_asks_name_then_phone(town, chen):
    shift = await town.shift(chen)
    steps = [
        await town.use.forms.open(chen, PERSON, shift_id=shift),
        await town.use.forms.fill(chen, PERSON, "name", "Liu"),
        await town.use.forms.fill(chen, PERSON, "phone", ""),
    ]

    assert [s.step for s in steps] == ["name", "phone", "done"]


async def test_with_two_communities_a_form_asks_which_first(town, chen):
    other = await town.found(chen, chat_id=-200, title="Next Door")

    first = await town.use.forms.open(chen, CHECKPOINT)
    second = await town.use.forms.fill(chen, CHECKPOINT, "community", other)

    assert (first.step, second.step, second.community) == ("community", "name", "Next Door")
