"""One Bot API call from its name to its result: faults, pace, arguments, method, check of the result, log."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.arguments import typed
from sandbox.errors import ApiError
from sandbox.faults import Rule
from sandbox.methods import METHODS
from sandbox.methods.call import Call
from sandbox.pace import Pace
from sandbox.spec.check import load_table
from sandbox.weather import Weather
from sandbox.wire import RawRequest
from sandbox.world.world import World

LOG_LENGTH = 10_000


@dataclass
class LoggedCall:
    """One call of the bot; `seconds` it took, `real` when it ended on the steady clock."""

    seq: int
    at: float
    real: float
    method: str
    chat_id: int | None
    status: int = 200
    error: str | None = None
    retry_after: int | None = None
    fault: str | None = None
    seconds: float = 0.0


class InvalidResult(AssertionError):
    """The sandbox was about to send out something that is not what the Bot API promises: a bug of ours."""


class Dispatcher:
    """Runs calls against the world.

    Args:
        world: what they act upon.
        weather: what goes wrong.
        pace: what is too much.
        waiting_methods: methods that may take their time (getUpdates, setWebhook), by name.
    """

    def __init__(
        self,
        world: World,
        weather: Weather,
        pace: Pace,
        waiting_methods: dict[str, Callable[[Call], Awaitable[Any]]],
    ) -> None:
        self._world = world
        self._weather = weather
        self._pace = pace
        self._waiting_methods = waiting_methods
        self.table = load_table()
        self.log: deque[LoggedCall] = deque(maxlen=LOG_LENGTH)
        self.polls: deque[LoggedCall] = deque(maxlen=200)
        self.count = 0
        self.under_way: dict[int, str] = {}
        self.last_end = world.steady()

    def proper_name(self, name: str) -> str:
        """The method's name as documented; raises 404 `method not found` for one the sandbox does not play."""
        proper = self.table.by_lower_name.get(name.lower(), "")
        if proper not in METHODS and proper not in self._waiting_methods:
            raise ApiError(404, "Not Found: method not found")
        return proper

    def waits(self, method: str) -> bool:
        """Whether the method may take its time, while other calls are made."""
        return method in self._waiting_methods

    def begin(self, method: str, raw: RawRequest) -> tuple[LoggedCall, Rule | None]:
        """Open the log entry of a call and see whether a fault strikes it."""
        self.count += 1
        entry = LoggedCall(self.count, self._world.now(), self._world.steady(), method, _chat_id(raw))
        if method == "getUpdates":
            self.polls.append(entry)
        else:
            self.under_way[entry.seq] = method
            self.log.append(entry)
        rule = self._weather.strikes(method, entry.chat_id)
        entry.fault = rule.kind if rule else None
        return entry, rule

    def end(self, entry: LoggedCall, error: ApiError | None = None) -> None:
        """Close the log entry."""
        now = self._world.steady()
        entry.seconds, entry.real = now - entry.real, now
        if error is not None:
            entry.status, entry.error = error.code, error.description
            entry.retry_after = error.parameters.get("retry_after")
        if self.under_way.pop(entry.seq, None) is not None:
            self.last_end = now

    async def run(self, method: str, raw: RawRequest) -> Any:
        """Check the arguments, do it, check the result. Raises `ApiError` for a refusal."""
        params = typed(method, raw.values, raw.files.keys())
        call = Call(self._world, method, params, raw.files)
        self._pace.admit(method, _chat_id(raw))
        if method in self._waiting_methods:
            result = await self._waiting_methods[method](call)
        else:
            result = METHODS[method](call)
        if found := self.table.result_problems(method, result):
            raise InvalidResult("; ".join(found))
        return result

    def calls(self, since: int = 0, method: str | None = None) -> list[dict[str, Any]]:
        """The log as JSON rows."""
        rows = self.polls if method == "getUpdates" else self.log
        return [asdict(row) for row in rows if row.seq > since and method in (None, row.method)]


def _chat_id(raw: RawRequest) -> int | None:
    value = str(raw.values.get("chat_id", ""))
    return int(value) if value.lstrip("-").isdigit() else None
