"""What is to happen later: any verb of the control API, at its time on the sandbox clock."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.errors import ControlError


@dataclass
class Plan:
    """A verb to be done at an instant; `error` says why it could not be."""

    id: int
    at: float
    do: str
    body: dict[str, Any] = field(default_factory=dict)
    done: bool = False
    error: str | None = None


class Plans:
    """Does what was planned, in the order of its times.

    Args:
        now: the sandbox clock.
        perform: does a verb with its body; raises `ControlError`.
    """

    def __init__(self, now: Callable[[], float], perform: Callable[[str, dict[str, Any]], object]) -> None:
        self._now = now
        self._perform = perform
        self._all: list[Plan] = []

    def add(self, do: str, body: dict[str, Any], *, at: float) -> Plan:
        """Plan a verb."""
        plan = Plan(len(self._all) + 1, at, do, body)
        self._all.append(plan)
        return plan

    def pass_time(self) -> None:
        """Do what has fallen due."""
        now = self._now()
        for plan in sorted((p for p in self._all if not p.done and p.at <= now), key=lambda p: (p.at, p.id)):
            plan.done = True
            try:
                self._perform(plan.do, plan.body)
            except ControlError as mistake:
                plan.error = str(mistake)

    def told(self) -> list[dict[str, Any]]:
        """All plans as JSON rows, also those that are done."""
        return [asdict(plan) for plan in self._all]
