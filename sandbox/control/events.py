"""The stream of changes, as server-sent events."""

import asyncio
import json
from typing import Any

from aiohttp import web

from sandbox.control.message_view import message_view
from sandbox.world.people import Person
from sandbox.world.world import Change, World

HEARTBEAT = 15.0  # seconds
MAX_WAITING = 5000


class EventStreams:
    """All open streams; `close` ends them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._queues: set[asyncio.Queue[Change | None]] = set()
        world.listeners.append(self._publish)

    def _publish(self, change: Change) -> None:
        for queue in self._queues:
            if queue.qsize() < MAX_WAITING:
                queue.put_nowait(change)

    def close(self) -> None:
        """End every stream."""
        for queue in self._queues:
            queue.put_nowait(None)

    async def stream(self, request: web.Request, person: Person | None) -> web.StreamResponse:
        """Serve one stream until the reader goes or the server stops."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(b": hello\n\n")
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            await self._serve(response, queue, person)
        except ConnectionError:
            return response
        finally:
            self._queues.discard(queue)
        return response

    async def _serve(
        self,
        response: web.StreamResponse,
        queue: "asyncio.Queue[Change | None]",
        person: Person | None,
    ) -> None:
        while True:
            try:
                change = await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if change is None:
                return
            if (told := self._told(change, person)) is not None:
                await response.write(f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode())

    def _told(self, change: Change, person: Person | None) -> dict[str, Any] | None:
        if person is None:
            return change
        if change.get("person_id") not in (None, person.id):
            return None
        chat_id = change.get("chat_id")
        if chat_id is None:
            return change
        chat = self._world.chats[chat_id]
        if chat_id != person.id if chat.private else person.id not in chat.members:
            return None
        if change["kind"] in {"message", "edited"} and (message := chat.messages.get(change["message_id"])):
            return {**change, "message": message_view(self._world, person, chat, message)}
        return change
