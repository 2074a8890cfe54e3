"""Webhooks: setting one, and pushing updates to it in order, until each is confirmed with a 2xx."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.errors import ApiError, bad_request
from sandbox.methods.call import Call
from sandbox.polling import Poller
from sandbox.world.updates import Pending, UpdateQueue

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
PORTS = frozenset({80, 88, 443, 8443})
ANSWER_TIME = 60.0  # seconds that a webhook may take
LONGEST_PAUSE = 60.0
NO_RUN = ("get", "setwebhook", "deletewebhook", "close", "logout")

Push = Callable[[dict[str, Any]], Awaitable[None]]


class Webhook:
    """Where updates are pushed to, if anywhere.

    Updates of one queue (a chat, a person's presses …) go one at a time and in order; different queues at once, up to
    `max_connections`. A push that fails is tried again at once, then after 2, 4, 8 … ≤ 60 s (server `WebhookActor`).

    Args:
        updates: the queue to push from.
        poller: whose waiting poll a new webhook ends.
        run_reply: runs a Bot API call that a webhook gives as its answer.
        steady: seconds of a clock that never steps.
    """

    def __init__(
        self, updates: UpdateQueue, poller: Poller, run_reply: Push, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._steady = steady
        self._updates = updates
        self._poller = poller
        self._run_reply = run_reply
        self.url = ""
        self._secret = ""
        self.max_connections = 40
        self._last_error: tuple[int, str] | None = None
        self._task: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._busy: set[str] = set()
        self._pushes: set[asyncio.Task[None]] = set()
        self._failures: dict[int, tuple[int, float]] = {}
        updates.listeners.append(self._woken.set)

    async def set_webhook(self, call: Call) -> Any:
        """`setWebhook`. An empty URL deletes; http is taken on loopback only."""
        url = str(call.get("url", ""))
        if not url:
            return await self.delete_webhook(call)
        secret = str(call.get("secret_token", ""))
        _check(url, secret)
        self._poller.interrupt_for_webhook()
        await self.stop()
        if call.get("drop_pending_updates"):
            self._updates.clear()
        self._updates.allow(call.get("allowed_updates"))
        self.url, self._secret = url, secret
        self.max_connections = min(100, max(1, call.get("max_connections", 40)))
        self._last_error = None
        self._poller.webhook_active = True
        self._task = asyncio.create_task(self._push_for_ever())
        return True

    async def delete_webhook(self, call: Call) -> Any:
        """`deleteWebhook`."""
        await self.stop()
        if call.get("drop_pending_updates"):
            self._updates.clear()
        self.url, self._poller.webhook_active = "", False
        return True

    def information(self) -> dict[str, Any]:
        """`getWebhookInfo`."""
        told: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self.url:
            told |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if self._last_error and self.url:
            told |= {"last_error_date": self._last_error[0], "last_error_message": self._last_error[1]}
        if self._updates.allowed != self._updates.default_allowed():
            told["allowed_updates"] = sorted(self._updates.allowed)
        return told

    async def stop(self) -> None:
        """End all pushes; what was not confirmed stays pending."""
        tasks = [task for task in (self._task, *self._pushes) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._task = None
        self._pushes.clear()
        self._busy.clear()

    async def _push_for_ever(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_TIME)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                self._woken.clear()
                pause = self._start_due(session)
                try:
                    await asyncio.wait_for(self._woken.wait(), pause)
                except TimeoutError:
                    continue

    def _start_due(self, session: aiohttp.ClientSession) -> float | None:
        """Start every push that may go now; returns the seconds until the next repeat is due, if one waits."""
        self._updates.expire()
        now, soonest = self._steady(), None
        blocked = set(self._busy)
        for update in self._updates.pending:
            if update.queue in blocked or len(self._busy) >= self.max_connections:
                continue
            blocked.add(update.queue)
            due = self._failures.get(update.update_id, (0, 0.0))[1]
            if due > now:
                soonest = min(soonest or due, due)
                continue
            self._busy.add(update.queue)
            push = asyncio.create_task(self._push(session, update))
            self._pushes.add(push)
            push.add_done_callback(self._pushes.discard)
        return None if soonest is None else soonest - now

    async def _push(self, session: aiohttp.ClientSession, update: Pending) -> None:
        update.handed_out = True
        try:
            problem = await self._post(session, update)
        finally:
            self._busy.discard(update.queue)
            self._woken.set()
        if problem is None:
            self._failures.pop(update.update_id, None)
            self._updates.remove(update)
            return
        count = self._failures.get(update.update_id, (0, 0.0))[0] + 1
        pause = 0.0 if count == 1 else min(LONGEST_PAUSE, 2.0 ** (count - 1))
        self._failures[update.update_id] = (count, self._steady() + pause)
        self._last_error = (int(time.time()), problem)

    async def _post(self, session: aiohttp.ClientSession, update: Pending) -> str | None:
        """Push once; None when confirmed, else what went wrong in Telegram's words (server)."""
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        body = json.dumps(update.body(), ensure_ascii=False).encode()
        try:
            async with session.post(self.url, data=body, headers=headers) as answer:
                if not 200 <= answer.status < 300:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                await self._reply(await answer.read())
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection refused"
        return None

    async def _reply(self, body: bytes) -> None:
        """Run the Bot API call that the answer may hold; its result goes nowhere."""
        if not body.startswith(b"{"):
            return
        try:
            call = json.loads(body)
        except ValueError:
            return
        if (
            isinstance(call, dict)
            and isinstance(call.get("method"), str)
            and not call["method"].lower().startswith(NO_RUN)
        ):
            await self._run_reply(call)


def _check(url: str, secret: str) -> None:
    """Refuse what Telegram refuses (server `process_set_webhook_query`, WebhookActor)."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK and (parts.port or 443) not in PORTS:
        text = "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
        raise ApiError(400, text)
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
