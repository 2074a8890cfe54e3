"""The composition root: settings into store, use cases, delivery and Telegram edge; started and stopped in order."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Collection
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot import i18n, logs
from bot.clock import OffsetClock, SystemClock
from bot.config import Settings
from bot.delivery.archivist import Archivist
from bot.delivery.attempts import Attempts
from bot.delivery.cards import CardKeeper
from bot.delivery.outbox import Outbox
from bot.delivery.outgoing import Outgoing
from bot.delivery.pacer import Limits, Pacer
from bot.delivery.pulse import Pulse
from bot.delivery.render import Renderer
from bot.delivery.ticker import Ticker
from bot.ids import RandomIds
from bot.ports.clock import Clock
from bot.ports.hints import Touched
from bot.ports.ids import Ids
from bot.ports.store import Store, StoreFailed
from bot.recurrence import Rules
from bot.services.desk import Desk
from bot.services.usecases import UseCases, use_cases
from handlers.connection import Connection, Pushed, Receiver
from handlers.wire.receiver import TokenRefused, WebhookRefused
from handlers.wire.token import TokenWatch
from storage import open_store
from storage.damage import StoreRefusedError
from storage.lock import StoreLockedError

log = logging.getLogger("bot")

STOPPED, FAILED, REFUSED = 0, 1, 78  # exit codes; 78 is sysexits' EX_CONFIG, so that systemd does not try again
GRACE = 8.0  # seconds for what is under way when the bot is stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Everything a start needs to know."""

    settings: Settings
    token: SecretStr
    folder: Path
    base_url: str
    clock_file: Path | None = None


class Bell:
    """Carries the services' hints to delivery."""

    def __init__(self) -> None:
        self.cards: CardKeeper | None = None
        self.outbox: Outbox | None = None
        self.ticker: Ticker | None = None

    def touched(self, days: Collection[Touched]) -> None:
        """Some days changed: their cards want a look."""
        if self.cards is not None:
            self.cards.touched(days)

    def owed(self) -> None:
        """The outbox has new rows."""
        if self.outbox is not None:
            self.outbox.wake()

    def falls_due(self) -> None:
        """The bell must ring earlier than it knows."""
        if self.ticker is not None:
            self.ticker.wake()


class Muster:
    """One running bot. `prepare` puts everything together; `run` works until `stop`, or until something fatal."""

    store: Store
    use: UseCases
    outgoing: Outgoing
    outbox: Outbox
    cards: CardKeeper
    receiver: Receiver
    ticker: Ticker
    archivist: Archivist
    pulse: Pulse
    watch: TokenWatch

    def __init__(self, start: Start, *, ids: Ids | None = None, store: Store | None = None) -> None:
        self._start = start
        self._ids: Ids = ids or RandomIds()
        self._clock: Clock = OffsetClock(start.clock_file) if start.clock_file else SystemClock()
        self._given = store
        self._stack = AsyncExitStack()
        self._stopping = asyncio.Event()
        self._disk_failure: Exception | None = None

    async def prepare(self) -> None:
        """Open store and connection, and build everything on them; whatever they raise leaves nothing open.

        Waits as long as Telegram cannot be reached.
        """
        async with AsyncExitStack() as stack:
            self.store = self._given or await self._open_store(stack)
            connection = Connection(self._start.token.get_secret_value(), self._start.base_url, self._clock)
            stack.push_async_callback(connection.close)
            bot_id = await connection.open()
            await self._build(connection, bot_id)
            self._stack = stack.pop_all()

    async def _open_store(self, stack: AsyncExitStack) -> Store:
        store = await open_store(self._start.folder, on_failure=self._disk_failed)
        stack.push_async_callback(store.close)
        for note in store.notes:
            log.warning("the store: %s", note)
        return store

    async def _build(self, connection: Connection, bot_id: int) -> None:
        settings, clock, messenger = self._start.settings, self._clock, connection.messenger
        translators = i18n.load()
        bell, rules = Bell(), Rules()
        pacer = Pacer(clock, _limits(settings))
        renderer = Renderer(translators, clock, self._ids, rules)
        self.use = use_cases(Desk(self.store, clock, self._ids, bell, rules), bot_id, settings.emergency.numbers)
        self.outgoing = Outgoing(pacer, clock)
        attempts = Attempts(
            self.store,
            messenger,
            pacer,
            clock,
            renderer,
            unreachable=self.use.people.unreachable,
            migrated=self.use.groups.migrate,
        )
        bell.outbox = self.outbox = Outbox(self.store, clock, attempts)
        bell.cards = self.cards = CardKeeper(
            self.store,
            messenger,
            pacer,
            clock,
            renderer,
            lost=self.use.groups.lost,
            regained=self.use.groups.regained,
            migrated=self.use.groups.migrate,
        )
        self.archivist = Archivist(self.store.archive.put_away, clock, timedelta(days=settings.store.keep_days))
        bell.ticker = self.ticker = Ticker(
            clock, self.use.rounds.next_due, self.use.rounds.go, movable=self._start.clock_file is not None
        )
        pushed = _pushed(settings)
        self.watch = connection.watch
        self.pulse = Pulse(
            clock, self.use.presence, assumed=pushed is not None, movable=self._start.clock_file is not None
        )
        self.receiver = await connection.receiver(
            self.use, self.outgoing, translators, ids=self._ids, pushed=pushed, reached=self.pulse.reached
        )
        trouble = await connection.publish_menu(translators)
        if trouble:
            log.warning("the menu of commands could not be published: %s", trouble)

    async def run(self) -> None:
        """Work until `stop`. Raises StoreFailed, TokenRefused, or a fault of ours in delivery."""
        parts = (self.receiver, self.outbox, self.cards, self.ticker, self.archivist, self.pulse, self.watch)
        running = [asyncio.create_task(part.run()) for part in parts]
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait([*running, stopping], return_when=asyncio.FIRST_COMPLETED)
            for part in parts:
                part.stop()
            await asyncio.wait(running, timeout=GRACE)
            await self.outgoing.stop(GRACE)
            for task in running:
                if task.done():
                    task.result()
        finally:
            stopping.cancel()
            for task in running:
                task.cancel()
            await asyncio.gather(*running, stopping, return_exceptions=True)
            await self._stack.aclose()
        if self._disk_failure is not None:
            raise StoreFailed(str(self._disk_failure))

    def stop(self) -> None:
        """Take nothing more in, finish what is under way, close everything."""
        self._stopping.set()

    def _disk_failed(self, failure: Exception) -> None:
        self._disk_failure = failure
        self.stop()


async def run(start: Start) -> int:
    """Run the bot until a signal stops it; return the exit code."""
    logs.set_up(start.settings.log.level, start.settings.log.format)
    try:
        await _live(Muster(start))
    except TokenRefused as error:
        log.critical("%s. Set BOT_TOKEN to the one @BotFather shows.", error)
        return REFUSED
    except WebhookRefused as error:
        log.critical("%s", error)
        return REFUSED
    except (StoreLockedError, StoreRefusedError, StoreFailed) as error:
        log.critical("%s", error)
        return FAILED
    except OSError as error:
        log.critical("this machine refuses: %s. For more: python -m bot doctor", error)
        return FAILED
    log.info("Muster has stopped")
    return STOPPED


async def _live(muster: Muster) -> None:
    """Prepare and run until a signal; one that comes while Telegram is waited for ends the waiting."""
    loop = asyncio.get_running_loop()
    preparing = asyncio.ensure_future(muster.prepare())
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, preparing.cancel)
    await asyncio.wait({preparing})
    if preparing.cancelled():
        return
    preparing.result()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, muster.stop)
    log.info("Muster is running")
    await muster.run()


def _limits(settings: Settings) -> Limits:
    pace = settings.delivery
    return Limits(pace.per_second, 1.0 / pace.per_chat_per_second, int(pace.per_group_per_minute))


def _pushed(settings: Settings) -> Pushed | None:
    hook = settings.webhook
    if settings.telegram.mode == "polling":
        return None
    return Pushed(hook.public_url, hook.listen, hook.port)
