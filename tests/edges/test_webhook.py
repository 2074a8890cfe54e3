"""The webhook answers 200 only when an update is settled, and only to Telegram."""

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest

from handlers.wire.receiver import Intake
from handlers.wire.webhook import LARGEST_UPDATE, SECRET_HEADER, Listen, Webhook

SECRET = "s3cret_s3cret"
UPDATE = {"update_id": 1, "message": {"from": {"id": 5}, "chat": {"id": 5}}}


class DiskGone(Exception):
    """Nothing can be promised any more."""


class Product:
    def __init__(self):
        self.done, self.poison = [], []
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.error = None

    async def handle(self, update):
        await self.may_go_on.wait()
        if self.error:
            raise self.error
        self.done.append(update["update_id"])

    async def put_aside(self, raw, error, tries):
        self.poison.append(raw)
        self.why = (error, tries)


@pytest.fixture
async def product() -> Product:
    return Product()


@pytest.fixture
async def webhook(product) -> AsyncIterator[Webhook]:
    intake = Intake(product.handle, product.put_aside, conflict=KeyError, fatal=(DiskGone,))
    hook = Webhook(intake, Listen("127.0.0.1", 0, "/telegram"), SECRET)
    running = asyncio.create_task(hook.run())
    await hook.ready.wait()
    yield hook
    hook.stop()
    await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def post(webhook):
    async with aiohttp.ClientSession() as session:

        async def send(json=None, *, data=None, secret=SECRET, path="/telegram"):
            headers = {SECRET_HEADER: secret} if secret is not None else {}
            async with session.post(
                f"http://127.0.0.1:{webhook.port}{path}", json=json, data=data, headers=headers
            ) as answer:
                return answer.status

        yield send


async def test_an_update_is_handled_and_then_confirmed(post, product):
    product.may_go_on.clear()
    sending = asyncio.create_task(post(UPDATE))
    await asyncio.sleep(0.05)
    assert not sending.done()
    product.may_go_on.set()
    assert await sending == 200
    assert product.done == [1]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ключ"])
async def test_whoever_does_not_know_the_secret_is_turned_away(post, product, secret):
    sent = secret.encode().decode("latin-1") if secret else secret
    assert await post(UPDATE, secret=sent) == 403
    assert product.done == []
    assert product.poison == []


async def test_a_failing_update_is_put_aside_and_confirmed(post, product):
    product.error = ZeroDivisionError()
    assert await post(UPDATE) == 200
    assert product.poison == [UPDATE]


async def test_what_is_not_json_is_put_aside_and_not_asked_for_again(post, product):
    assert await post(data=b"{half") == 200
    assert product.poison == ["{half"]


async def test_more_than_a_megabyte_is_refused(post, product):
    assert await post(data=io.BytesIO(b"x" * (LARGEST_UPDATE + 1))) == 413
    assert product.poison == []


async def test_another_path_is_not_found(post):
    assert await post(UPDATE, path="/") == 404


async def test_when_nothing_can_be_promised_the_update_is_not_confirmed_and_receiving_ends(product):
    intake = Intake(product.handle, product.put_aside, conflict=KeyError, fatal=(DiskGone,))
    hook = Webhook(intake, Listen("127.0.0.1", 0, "/telegram"), SECRET)
    running = asyncio.create_task(hook.run())
    await hook.ready.wait()
    product.error = DiskGone()
    async with aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{hook.port}/telegram"
        async with session.post(address, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 500
    with pytest.raises(DiskGone):
        await running


def test_a_webhook_without_a_secret_is_refused(product):
    intake = Intake(product.handle, product.put_aside, conflict=KeyError)
    with pytest.raises(ValueError, match="secret"):
        Webhook(intake, Listen("127.0.0.1", 0, "/"), "")
