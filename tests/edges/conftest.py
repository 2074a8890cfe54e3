"""A server on the loopback, a clock that tests move, and a product that receives updates."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from handlers.wire.polling import Poller
from handlers.wire.receiver import Intake
from handlers.wire.request import AiohttpRequest
from tests.edges.arrivals import Clash, DiskGone, Product, Telegram
from tests.edges.servers import Answerer, Serve
from tests.fakes import VirtualClock


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts a server that answers everything with one function; gives the address up to '/bot'."""
    runners = []

    async def start(answer: Answerer) -> str:
        app = web.Application(client_max_size=10**8)
        app.router.add_route("*", "/{tail:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.01)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}/bot"

    yield start
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(connect_timeout=5) as opened:
        yield opened


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def telegram(clock):
    return Telegram(clock)


@pytest.fixture
def product(clock):
    return Product(clock)


@pytest.fixture
def intake(product):
    return Intake(product.handle, product.put_aside, conflict=Clash, fatal=(DiskGone,))


@pytest.fixture
def poller(telegram, intake, clock):
    return Poller(telegram.poll, intake, clock, jitter=lambda: 1.0)
