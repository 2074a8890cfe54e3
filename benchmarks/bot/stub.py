"""A Bot API that costs next to nothing, in a process of its own: `python -m benchmarks.bot.stub --help`.

It understands HTTP/1.1 with Content-Length, answers every method with a fixed result, hands out presses by getUpdates,
and can keep Telegram's limits strictly: at most so many calls in any sliding second, and whoever exceeds that is banned
for a while. It shares no code with the sandbox, so that neither hides the other's mistakes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections import deque
from typing import Any

ME = {"id": 123456, "is_bot": True, "first_name": "Muster", "username": "muster_bot", "can_join_groups": True}
CHAT = {"id": -1001, "type": "supergroup", "title": "Riverside"}
MESSAGE = {"message_id": 7, "date": 1796083200, "chat": CHAT, "text": "North Gate"}


class Stub:
    """What the server knows: the limit, the presses to hand out, and what it has seen."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.latency: float = options.latency
        self.limit: int = options.limit
        self.ban: float = options.ban
        self.presses: int = options.presses
        self.people: int = options.people
        self.per_call: int = options.per_call
        self.handed_out = 0
        self.confirmed = 0
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
        if method == "getMe":
            return 200, _ok(ME)
        if method == "getUpdates":
            return 200, _ok(self.updates(body))
        if method == "stats":
            return 200, _ok({"calls": self.calls, "accepted": self.accepted, "refused": self.refused})
        if method in {"sendMessage", "editMessageText"}:
            if self.limit and not self.allowed():
                return self.too_many()
            return 200, _ok(MESSAGE)
        return 200, _ok(result=True)

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

    def updates(self, body: bytes) -> list[dict[str, Any]]:
        """Hand out presses, each person in turn; an offset confirms what lies below it."""
        offset = _offset(body)
        if offset is not None:
            self.confirmed = max(self.confirmed, offset - 1)
        first = self.confirmed + 1
        last = min(self.presses, first + self.per_call - 1)
        self.handed_out = max(self.handed_out, last)
        return [self.press(number) for number in range(first, last + 1)]

    def press(self, number: int) -> dict[str, Any]:
        person = {"id": 5000 + number % self.people, "is_bot": False, "first_name": "Li", "language_code": "en"}
        return {
            "update_id": number,
            "callback_query": {
                "id": str(number),
                "from": person,
                "message": MESSAGE,
                "chat_instance": "1",
                "data": "c:1",
            },
        }


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
            path = self.buffer.split(b" ", 2)[1].split(b"?")[0]
            body = self.buffer[end + 4 : end + 4 + length]
            self.buffer = self.buffer[end + 4 + length :]
            self.reply(path.rsplit(b"/", 1)[1].decode(), body)

    def reply(self, method: str, body: bytes) -> None:
        status, payload = self.stub.answer(method, body)
        head = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(payload))
        empty = method == "getUpdates" and payload == _ok([])
        wait = 0.2 if empty else self.stub.latency
        if wait:
            asyncio.get_running_loop().call_later(wait, self.send, head + payload)
        else:
            self.send(head + payload)

    def send(self, data: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _offset(body: bytes) -> int | None:
    """Find the offset in a JSON, form or multipart body, without taking any of them apart."""
    at = body.find(b"offset")
    digits = b""
    for byte in body[at + 6 :] if at >= 0 else b"":
        if 48 <= byte <= 57:
            digits += bytes([byte])
        elif digits:
            break
    return int(digits) if digits else None


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
    parser.add_argument("--presses", type=int, default=0, help="how many presses to hand out")
    parser.add_argument("--people", type=int, default=256, help="by how many people")
    parser.add_argument("--per-call", type=int, default=100, help="updates per getUpdates")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
