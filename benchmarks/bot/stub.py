"""A Bot API that costs next to nothing, in a process of its own: `python -m benchmarks.bot.stub --help`.

It understands HTTP/1.1 with Content-Length, answers every method with a fixed result, hands out presses by getUpdates,
and can keep Telegram's limits strictly: at most so many calls in any sliding second, and whoever exceeds that is banned
for a while. `/x/ready` answers when a bot asks for updates, `/x/release?COUNT&EDITS` when so many presses were answered
and so many messages edited. It shares no code with the sandbox, so that neither hides the other's mistakes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.bot.inbox import Inbox, card

ME = {"id": 123456, "is_bot": True, "first_name": "Muster", "username": "muster_bot", "can_join_groups": True}
CHAT = {"id": -1001, "type": "supergroup", "title": "Riverside"}
MESSAGE = {"message_id": 7, "date": 1796083200, "chat": CHAT, "text": "North Gate"}
HELD = 30.0  # seconds that an empty getUpdates is held
LOOK = 0.002  # seconds between two looks whether what is waited for has come
EDITED = card(-1001, "c:1")


class Stub:
    """What the server knows: the limit, the presses to hand out, and what it has seen."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.latency: float = options.latency
        self.limit: int = options.limit
        self.ban: float = options.ban
        self.inbox = Inbox(options.script, options.per_call)
        self.calls: dict[str, int] = {}
        self.accepted: list[float] = []
        self.refused: list[float] = []
        self.window: deque[float] = deque()
        self.banned_until = 0.0
        self.kick_at: list[float] = [float(at) for at in options.refuse_at]
        self.kick_for: int = options.refuse_for
        self.began = 0.0

    def answer(self, method: str, body: bytes) -> tuple[int, bytes]:
        self.calls[method] = self.calls.get(method, 0) + 1
        self.inbox.note(method, body)
        if method == "getMe":
            return 200, _ok(ME)
        if method == "getUpdates":
            return 200, _ok(self.inbox.updates())
        if method == "stats":
            told = {"calls": self.calls, "accepted": self.accepted, "refused": self.refused}
            return 200, _ok(told | self.inbox.told())
        if method in {"sendMessage", "editMessageText"}:
            if self.limit and not self.allowed():
                return self.too_many()
            return 200, _ok(MESSAGE if method == "sendMessage" else EDITED)
        return 200, _ok(result=True)

    def awaited(self, method: str, query: bytes, body: bytes) -> Callable[[], bool] | None:
        """Return what a call waits for, or None when it is answered at once."""
        if method == "getUpdates":
            return None if self.inbox.asked_at_once(body) else self.inbox.waiting
        if method == "ready":
            return lambda: self.inbox.asked
        if method == "release":
            count, edits = (int(part) for part in query.split(b"&"))
            wanted = len(self.inbox.edits) + edits
            self.inbox.release(count)
            return lambda: self.inbox.done(wanted)
        return None

    def allowed(self) -> bool:
        """Say whether one more call fits the limit; exceeding it bans."""
        now = time.monotonic()
        self.began = self.began or now
        if self.kick_at and now - self.began >= self.kick_at[0]:
            self.kick_at.pop(0)
            self.banned_until = now + self.kick_for
        while self.window and now - self.window[0] >= 1.0:
            self.window.popleft()
        if now < self.banned_until:
            return False
        if len(self.window) >= self.limit:
            self.banned_until = now + self.ban
            return False
        self.window.append(now)
        self.accepted.append(now)
        return True

    def too_many(self) -> tuple[int, bytes]:
        now = time.monotonic()
        self.refused.append(now)
        wait = max(1, int(self.banned_until - now + 0.999))
        answer = {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {wait}",
            "parameters": {"retry_after": wait},
        }
        return 429, json.dumps(answer).encode()


class Connection(asyncio.Protocol):
    """One kept-alive connection; requests come one after the other."""

    def __init__(self, stub: Stub) -> None:
        self.stub = stub
        self.buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self.buffer) < end + 4 + length:
                return
            path, _, query = self.buffer.split(b" ", 2)[1].partition(b"?")
            body = self.buffer[end + 4 : end + 4 + length]
            self.buffer = self.buffer[end + 4 + length :]
            method = path.rsplit(b"/", 1)[1].decode()
            awaited = self.stub.awaited(method, query, body)
            if awaited is None:
                self.reply(method, body)
            else:
                self.hold(method, body, awaited, time.monotonic() + (HELD if method == "getUpdates" else 3600))

    def hold(self, method: str, body: bytes, awaited: Callable[[], bool], until: float) -> None:
        """Answer once it has come, or the time is over, or nobody listens any more."""
        if awaited() or time.monotonic() > until or self.transport is None or self.transport.is_closing():
            self.reply(method, body)
        else:
            asyncio.get_running_loop().call_later(LOOK, self.hold, method, body, awaited, until)

    def reply(self, method: str, body: bytes) -> None:
        status, payload = self.stub.answer(method, body)
        head = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(payload))
        if self.stub.latency:
            asyncio.get_running_loop().call_later(self.stub.latency, self.send, head + payload)
        else:
            self.send(head + payload)

    def send(self, data: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


async def serve(options: argparse.Namespace) -> None:
    stub = Stub(options)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(stub), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before every answer")
    parser.add_argument("--limit", type=int, default=0, help="calls in any sliding second; 0: no limit")
    parser.add_argument("--ban", type=float, default=5.0, help="seconds for which whoever exceeds it is refused")
    parser.add_argument("--refuse-at", nargs="*", default=[], help="ban anyway so many seconds after the first call")
    parser.add_argument("--refuse-for", type=int, default=3, help="seconds that such a ban lasts")
    parser.add_argument("--script", type=Path, help="the presses, a line each")
    parser.add_argument("--per-call", type=int, default=100, help="updates per getUpdates")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
