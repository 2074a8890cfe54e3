"""Check requests and everything sent out against the derived table of the Bot API."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from sandbox.entities.text import utf16_length

_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
}


@lru_cache(maxsize=2)
def load_table(*, limits: bool = True) -> "Table":
    """The table committed beside this module, read once; `limits` as in `Table`."""
    path = Path(__file__).with_name("bot_api.json")
    return Table(json.loads(path.read_text(encoding="utf-8")), limits=limits)


class Table:
    """The Bot API's methods and types, and whether a value is one of them.

    Args:
        content: the table as in `bot_api.json`.
        limits: whether lengths and fixed words inside objects count too; for requests Telegram has its own words.

    Attributes:
        methods: parameters of each method by its name, as in `bot_api.json`.
        types: fields or members of each type.
        by_lower_name: the method's proper name by its name in small letters.
    """

    def __init__(self, content: dict[str, Any], *, limits: bool = True) -> None:
        self._limits = limits
        self.version: str = content["version"]
        self.methods: dict[str, dict[str, Any]] = content["methods"]
        self.types: dict[str, dict[str, Any]] = content["types"]
        self._required = {
            kind: [name for name, field in row.get("fields", {}).items() if field.get("required")]
            for kind, row in self.types.items()
        }
        self.by_lower_name: dict[str, str] = {name.lower(): name for name in self.methods}

    def problems(self, kind: str, value: Any, where: str) -> list[str]:
        """What is wrong with a value that should be of this type (`|` between alternatives); empty if nothing.

        `where` names the value in the sentences.
        """
        best: list[str] | None = None
        for alternative in kind.split("|"):
            found = self._one(alternative, value, where)
            if not found:
                return []
            if best is None or len(found) < len(best):
                best = found
        return best or []

    def result_problems(self, method: str, value: Any) -> list[str]:
        """What is wrong with the result of a method."""
        return self.problems(self.methods[method]["returns"], value, f"the result of {method}")

    def limit_problem(self, limit: list[Any], value: Any, where: str) -> str | None:
        """Why the value is outside the limit [lowest, highest, unit], or None."""
        lowest, highest, unit = limit
        size = _size(unit, value)
        if size is None or lowest <= size <= highest:
            return None
        return f"{where} must be {lowest}-{highest} {unit}, it is {size}"

    def _one(self, kind: str, value: Any, where: str) -> list[str]:
        if kind.startswith("Array of "):
            return self._array(kind.removeprefix("Array of "), value, where)
        if kind in _PLAIN:
            return _plain(kind, value, where)
        if kind == "InputFile":
            return [] if isinstance(value, str) else [f"{where} must be a file"]
        row = self.types.get(kind)
        if row is None:
            return [f"{where} has the unknown type {kind}"]
        if "one_of" in row:
            return self._member(row["one_of"], value, where)
        return self._object(kind, row["fields"], value, where)

    def _array(self, kind: str, value: Any, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where} must be an array"]
        return [
            problem for index, item in enumerate(value) for problem in self.problems(kind, item, f"{where}[{index}]")
        ]

    def _member(self, kinds: list[str], value: Any, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where} must be an object"]
        fitting = [kind for kind in kinds if self._fits(kind, value)] or kinds
        return self.problems("|".join(fitting), value, where)

    def _fits(self, kind: str, value: dict[str, Any]) -> bool:
        fields = self.types[kind].get("fields", {})
        fixed = {name: field["fixed"] for name, field in fields.items() if "fixed" in field}
        return all(value.get(name) == wanted for name, wanted in fixed.items())

    def _object(self, kind: str, fields: dict[str, Any], value: Any, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where} must be an object of type {kind}"]
        found = [f"{where}: {kind} needs {name}" for name in self._required[kind] if name not in value]
        for name, item in value.items():
            field = fields.get(name)
            if field is None:
                found.append(f"{where}: {kind} has no {name}")
            else:
                found += self._field(field, item, f"{where}.{name}")
        return found

    def _field(self, field: dict[str, Any], value: Any, where: str) -> list[str]:
        if self._limits and "fixed" in field and value != field["fixed"]:
            return [f"{where} must be {field['fixed']!r}"]
        found = self.problems(field["type"], value, where)
        if (
            not found
            and self._limits
            and "limit" in field
            and (problem := self.limit_problem(field["limit"], value, where))
        ):
            found = [problem]
        return found


def _plain(kind: str, value: Any, where: str) -> list[str]:
    right = isinstance(value, _PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
    return [] if right else [f"{where} must be of type {kind}, it is {value!r}"]


def _size(unit: str, value: Any) -> int | None:
    if unit == "bytes" and isinstance(value, str):
        return len(value.encode())
    if unit in {"characters", "parsed"} and isinstance(value, str):
        return utf16_length(value)
    if unit == "items" and isinstance(value, list):
        return len(value)
    if unit == "value" and isinstance(value, int):
        return value
    return None
