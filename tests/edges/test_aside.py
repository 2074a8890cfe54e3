"""What could not be handled is kept with a number that its person was told, looked at, dropped, or handled again."""

import asyncio
import json
from dataclasses import dataclass, field

import pytest

from bot import i18n
from bot.__main__ import main
from bot.command_line.command import DONE, FAILED
from bot.ports.store import StoreFailed
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.usecases import use_cases
from handlers.wire.aside import apology, put_aside, replay
from handlers.wire.receiver import Intake
from storage import open_store
from storage.memory import MemoryEngine
from storage.records import ALL_TABLES
from storage.store import EngineStore
from tests.edges.arrivals import Clash
from tests.fakes import FakeMessenger, VirtualClock

WHO = {"id": 5, "first_name": "Li", "is_bot": False}
PRESS = {"update_id": 1, "callback_query": {"id": "q1", "from": WHO | {"language_code": "zh-hans"}}}
PRIVATE = {"update_id": 2, "message": {"from": WHO, "chat": {"id": 5, "type": "private"}, "text": "hello"}}
COMMAND = {"update_id": 3, "message": {"from": WHO, "chat": {"id": -5, "type": "group"}, "text": "/mine"}}
CHATTER = {"update_id": 4, "message": {"from": WHO, "chat": {"id": -5, "type": "group"}, "text": "hello"}}
STANDING = {"update_id": 5, "my_chat_member": {"from": WHO, "chat": {"id": -5, "type": "group"}}}


class NumberedIds:
    def __init__(self):
        self.last = 0

    def fresh(self, length=12):
        self.last += 1
        return f"{self.last:0{length}d}"


class Silence:
    def touched(self, days):
        pass

    def owed(self):
        pass

    def falls_due(self):
        pass


@dataclass
class Line:
    """A queue that only remembers."""

    posted: list = field(default_factory=list)

    def post(self, lane, chat_id, call, *, key=None):
        self.posted.append(call)


class Kept:
    """An intake over a memory store, with a product that fails on demand."""

    def __init__(self):
        self.clock = VirtualClock()
        self.messenger, self.line = FakeMessenger(self.clock), Line()
        self.use = use_cases(
            Desk(EngineStore(MemoryEngine(ALL_TABLES)), self.clock, NumberedIds(), Silence(), Rules()), 7
        )
        say = apology(self.messenger, self.line, i18n.load())
        self.error, self.handled = None, []
        self.intake = Intake(self.handle, put_aside(self.use, say, lambda: "NR001"), conflict=Clash)

    async def handle(self, update):
        if self.error:
            raise self.error
        self.handled.append(update["update_id"])

    async def fail(self, update, error=None):
        self.error = error or ZeroDivisionError("division by zero")
        await self.intake.take(update)
        self.error = None
        for call in self.line.posted:
            await call()
        return [row.number for row in await self.use.aside.all()]


@pytest.fixture
def kept():
    return Kept()


@pytest.mark.parametrize("error", [None, Clash()])
async def test_a_press_that_could_not_be_handled_is_answered_with_the_number_it_is_kept_under(kept, error):
    assert await kept.fail(PRESS, error) == ["NR001"]
    [(_, press, text)] = kept.messenger.answered
    assert (press, "NR001" in text, "抱歉" in text or "对不起" in text) == ("q1", True, True)


@pytest.mark.parametrize(("update", "chat"), [(PRIVATE, 5), (COMMAND, -5)])
async def test_whoever_waits_for_an_answer_is_told_the_number(kept, update, chat):
    await kept.fail(update)
    [(_, where, text)] = kept.messenger.sent
    assert (where, "Error NR001" in text) == (chat, True)


@pytest.mark.parametrize("update", [CHATTER, STANDING, {"update_id": 6}, {"update_id": 7, "message": 5}])
async def test_where_nobody_waits_nothing_is_said(kept, update):
    assert await kept.fail(update) == ["NR001"]
    assert kept.messenger.sent == kept.messenger.answered == []


async def test_what_is_no_update_is_kept_and_told_of_once_also_after_a_restart(kept, caplog):
    await kept.fail({"strange": 1})
    await kept.fail({"strange": 1})  # nothing but the store remembers the first
    assert await kept.fail({"strange": 2}) == ["NR001", "NR001"]
    assert caplog.text.count("error NR001: kept") == 2


async def test_what_is_marked_is_handled_once_before_anything_new_and_then_forgotten(kept):
    await kept.fail(PRIVATE)
    await kept.fail(PRESS)
    first, _ = await kept.use.aside.all()
    await kept.use.aside.mark(first.id)

    await replay(kept.use, kept.handle)
    await replay(kept.use, kept.handle)

    assert kept.handled == [2]
    assert [json.loads(row.update)["update_id"] for row in await kept.use.aside.all()] == [1]


async def test_what_fails_again_is_kept_with_its_new_error_and_not_tried_without_being_asked(kept):
    await kept.fail(PRESS)
    [row] = await kept.use.aside.all()
    await kept.use.aside.mark(row.id)
    kept.error = KeyError("something else")

    await replay(kept.use, kept.handle)
    await replay(kept.use, kept.handle)

    [again] = await kept.use.aside.all()
    assert (again.number, again.attempts, again.replay) == ("NR001", 2, False)
    assert "KeyError: 'something else'" in again.error


async def test_a_disk_that_fails_in_a_replay_leaves_it_marked(kept):
    await kept.fail(PRESS)
    [row] = await kept.use.aside.all()
    await kept.use.aside.mark(row.id)
    kept.error = StoreFailed("full")

    with pytest.raises(StoreFailed):
        await replay(kept.use, kept.handle)

    assert [r.replay for r in await kept.use.aside.all()] == [True]


@pytest.fixture
async def folder(tmp_path):
    """A store on disk in which two updates were put aside."""
    store = await open_store(tmp_path)
    use = use_cases(Desk(store, VirtualClock(), NumberedIds(), Silence(), Rules()), 7)
    await use.aside.keep(json.dumps(PRESS), "Traceback …\nValueError: one", 1, "AAA11")
    await use.aside.keep(json.dumps(PRIVATE), "Traceback …\nValueError: two", 3, "BBB22")
    await store.close()
    return tmp_path


@pytest.fixture
def asked(folder, capsys):
    """Calls the command line; gives its exit code and what it wrote."""

    async def call(*wish):
        code = await asyncio.to_thread(main, ["poison", *wish, "--data", str(folder)])
        written = capsys.readouterr()
        return code, written.out + written.err

    return call


async def test_the_list_has_a_line_for_each_and_one_is_shown_whole_by_the_number_the_person_was_told(asked):
    code, listed = await asked()
    assert (code, listed.count("error "), "2 put aside." in listed) == (DONE, 2, True)
    code, one = await asked("bbb22")
    assert code == DONE
    assert all(part in one for part in ('"text": "hello"', "ValueError: two", "tries 3"))
    assert "ValueError: one" not in one


async def test_one_or_all_are_marked_for_the_next_start(asked):
    code, said = await asked("--replay", "AAA11")
    assert (code, said.count("is marked: the next start of the bot handles it")) == (DONE, 1)
    assert (await asked())[1].count("to be replayed") == 1
    await asked("--all")
    assert (await asked())[1].count("to be replayed") == 2


async def test_one_is_dropped_and_what_is_not_there_is_said(asked):
    assert "is dropped" in (await asked("--drop", "AAA11"))[1]
    assert await asked("--drop", "AAA11") == (FAILED, "Nothing was put aside under AAA11.\n")
    assert "1 put aside." in (await asked())[1]


async def test_while_the_bot_runs_it_can_be_looked_at_but_not_changed(folder, asked):
    store = await open_store(folder)
    looked, marked = await asked(), await asked("--all")
    await store.close()
    assert looked[0] == DONE
    assert marked[0] == FAILED
    assert "process" in marked[1]
    assert "to be replayed" not in (await asked())[1]


async def test_the_command_line_takes_one_wish_at_a_time(folder):
    with pytest.raises(SystemExit):
        main(["poison", "--all", "--drop", "XYZ", "--data", str(folder)])


async def test_where_somebody_was_is_not_kept_even_if_it_could_not_be_handled(kept):
    sent = json.loads(json.dumps(PRIVATE))
    sent["message"]["location"] = {"latitude": 31.2304, "longitude": 121.4737}

    await kept.fail(sent)

    [row] = await kept.use.aside.all()
    assert json.loads(row.update) == PRIVATE
