"""The bot's own door: a second listener for the Bot API, which can be shut so that connecting is really refused.

A call that was cut off may have been accepted; a connection that was refused certainly carried nothing. Bots treat the
two differently, so the sandbox must be able to do both.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable

from aiohttp import web

HOST = "127.0.0.1"


class Gate:
    """Listens on a port of its own while it is open.

    A second socket, bound and never listening, keeps the port for us while the gate is shut: the system then refuses
    connections there, as it does for a server that is down.

    Args:
        app: what answers.
        shut_for: how many seconds the gate must stay shut from now on; 0 when it is to be open.
    """

    def __init__(self, app: Callable[[], web.Application], shut_for: Callable[[], float]) -> None:
        self._app = app
        self._shut_for = shut_for
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._holder: socket.socket | None = None
        self._look = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None
        self.port = 0

    @property
    def open(self) -> bool:
        """Whether connections are taken."""
        return self._site is not None

    async def start(self) -> None:
        """Take a port (the same one after a stop) and open unless it must be shut."""
        self._holder = socket.socket()
        self._holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._holder.bind((HOST, self.port))
        self.port = self._holder.getsockname()[1]
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await self._follow()
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Close for good."""
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
        self._site = None
        if self._runner is not None:
            await self._runner.cleanup()
        if self._holder is not None:
            self._holder.close()

    def look(self) -> None:
        """Something has changed: see whether it is time to open or shut."""
        self._look.set()

    async def _keep(self) -> None:
        while True:
            wait = self._shut_for()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), min(wait, 3600.0) if wait > 0 else None)
            self._look.clear()
            await self._follow()

    async def _follow(self) -> None:
        shut = self._shut_for() > 0
        if self._runner is None or shut != self.open:
            return
        if shut and self._site is not None:
            site, self._site = self._site, None
            await site.stop()
            for connection in list(self._runner.server.connections if self._runner.server else ()):
                if connection.transport is not None:
                    connection.transport.abort()
        elif not shut:
            self._site = web.TCPSite(self._runner, HOST, self.port, reuse_address=True, reuse_port=True)
            await self._site.start()
