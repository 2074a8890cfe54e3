"""The HTTP client under python-telegram-bot: aiohttp in place of httpx.

A call costs about a fifth of the processor time, and does not get dearer with the number of calls under way
(docs/explanation/performance.md). The contract is `telegram.request.BaseRequest`'s, with two promises more:

- Every `NetworkError` raised here for want of an answer has a `WireFault` as its cause, which says whether the request
  can have reached the server at all (`handlers.wire.faults.certainly_not_sent`).
- The token, which is part of every address, stands in no exception text and in no log line.
"""

from __future__ import annotations

import asyncio
import json
import urllib.request
from typing import Any, cast, final

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from handlers.wire.body import Parameters, encoded
from handlers.wire.faults import WireFault, described, fault_of, judged

_PROXIES = ("http", "https")
_OTHER_PROXY = (
    "the environment (HTTPS_PROXY or ALL_PROXY) names a {kind} proxy; only one whose address begins with http:// or "
    "https:// can be used"
)
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@final
class AiohttpRequest(BaseRequest):
    """Sends requests over a pool of kept-alive connections.

    All timeouts are in seconds, None meaning none. `write_timeout` (`media_write_timeout` with files) is added to
    connect and read timeout to bound a whole call. `proxy` is an http:// or https:// address; without it the usual
    environment variables (HTTPS_PROXY, NO_PROXY …) are read once, at `initialize`, and this machine itself is reached
    without them. Raises ValueError for a proxy of another kind; where the environment names one, every call says so.
    """

    __slots__ = ("_addresses", "_defaults", "_environment", "_media_write", "_pool", "_proxy", "_session", "_size")

    def __init__(
        self,
        *,
        pool_size: int = 128,
        read_timeout: float | None = 15.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 10.0,
        media_write_timeout: float | None = 30.0,
        proxy: str | None = None,
    ) -> None:
        if proxy is not None and URL(proxy).scheme not in _PROXIES:
            raise ValueError("the proxy's address must begin with http:// or https://")
        self._size = pool_size
        self._defaults = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._media_write = media_write_timeout
        self._proxy = proxy
        self._environment: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None
        self._pool = asyncio.Semaphore(pool_size)
        self._addresses: dict[str, URL] = {}

    @property
    def read_timeout(self) -> float | None:
        """The read timeout in seconds used when a call names none."""
        return self._defaults[0]

    async def initialize(self) -> None:
        """Open the pool; once open, this does nothing."""
        if self._session is None or self._session.closed:
            self._environment = {} if self._proxy else urllib.request.getproxies_environment()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._size, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection; once closed, this does nothing."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's object. Raises TelegramError; the answer itself is not logged, it may be personal."""
        try:
            parsed: dict[str, Any] = msgspec.json.decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError):
            try:
                parsed = json.loads(payload.decode("utf-8", "replace"))
            except ValueError:
                raise TelegramError("Invalid server response") from None
        if not isinstance(parsed, dict):
            raise TelegramError("Invalid server response")
        return parsed

    async def call(self, url: str, parameters: dict[str, Any], *, read_timeout: float | None = None) -> Any:
        """Make a call with parameters that are JSON already and return its raw result.

        `read_timeout` is in seconds, None meaning this object's own. Raises TelegramError.
        """
        data = cast("RequestData", Parameters(parameters))
        if read_timeout is None:
            return await self.post(url, data)
        return await self.post(url, data, read_timeout=read_timeout)

    async def do_request(  # noqa: PLR0917 - the shape is BaseRequest's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`. Raises TimedOut, NetworkError, StatusError, Flood, RuntimeError."""
        files = bool(request_data and request_data.contains_files)
        read, write, connect, pool = self._defaults
        if files:
            write = self._media_write
        read = _chosen(read_timeout, read)
        connect = _chosen(connect_timeout, connect)
        parts = (connect, _chosen(write_timeout, write), read)
        # A download may take as long as it keeps coming: only reads are bounded then.
        total = None if method == "GET" or None in parts else sum(p for p in parts if p is not None)
        limits = aiohttp.ClientTimeout(total=total, connect=connect, sock_read=read)
        await self._enter_pool(_chosen(pool_timeout, pool))
        try:
            return await self._exchange(method, url, request_data, limits)
        except TimeoutError as error:
            raise TimedOut(described(error)) from fault_of(error)
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(described(error)) from fault_of(error)
        finally:
            self._pool.release()

    async def _enter_pool(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(None if not self._pool.locked() else seconds):
                await self._pool.acquire()
        except TimeoutError:
            text = "Pool timeout: all connections are busy. The request was *not* sent to Telegram."
            raise TimedOut(text) from WireFault("no free connection", sent=False)

    async def _exchange(
        self, method: str, url: str, request_data: RequestData | None, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None or self._session.closed:
            raise RuntimeError("This AiohttpRequest is not initialized!")
        address = self._addresses.get(url)
        if address is None:
            address = URL(url)
            if method == "POST":  # a few dozen methods; the addresses of files are all different
                self._addresses[url] = address
        body, headers = encoded(request_data)
        async with self._session.request(
            method,
            address,
            data=body,
            headers=headers,
            timeout=limits,
            proxy=self._proxy or self._environment_proxy(address),
            allow_redirects=False,
        ) as answer:
            payload = await answer.read()
        return judged(answer.status, payload, answer.headers.get("Retry-After"))

    def _environment_proxy(self, address: URL) -> str | None:
        host = address.host or ""
        if not self._environment or host in _THIS_MACHINE or urllib.request.proxy_bypass(host):
            return None
        proxy = self._environment.get(address.scheme) or self._environment.get("all")
        if proxy and URL(proxy).scheme not in _PROXIES:
            text = _OTHER_PROXY.format(kind=URL(proxy).scheme)
            raise NetworkError(text) from WireFault(text, sent=False)
        return proxy


def _chosen(given: object, default: float | None) -> float | None:
    if given is None:
        return None
    return given if isinstance(given, int | float) else default
