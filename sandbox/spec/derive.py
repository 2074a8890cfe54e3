"""Derive the minimal table of the Bot API from a machine-readable description of it.

    python sandbox/spec/derive.py bot-api-10.0.json > sandbox/spec/bot_api.json

The input is a file in the shape of PaulSonOfLars/telegram-bot-api-spec. Kept are names, types, what is
required, limits and fixed values; prose is not.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

_LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
_ITEMS = re.compile(r"(?:list of|include) (\d+)-(\d+) (?:identifiers|answer options|items|tasks)")
_VALUE = re.compile(r"(?:between|, )\s?(\d+)(?:-| and )(\d+)(?= are accepted| if specified|$|\.)")
_FIXED = re.compile(r"(?:always|must be) [“\"]?([a-z_]+)[”\"]?\.?$")


def limit_of(description: str) -> list[int | str] | None:
    """[lowest, highest, unit] as the prose states it; unit is characters, parsed, bytes, items or value."""
    if found := _LENGTH.search(description):
        unit = found[3].lower()
        if unit == "characters" and "entities parsing" in description:
            unit = "parsed"
        return [int(found[1]), int(found[2]), unit]
    for pattern, unit in ((_ITEMS, "items"), (_VALUE, "value")):
        if found := pattern.search(description):
            return [int(found[1]), int(found[2]), unit]
    return None


def field_of(field: dict[str, Any]) -> dict[str, Any]:
    """One field or parameter: its types joined by |, and what else is known of it."""
    row: dict[str, Any] = {"type": "|".join(field["types"])}
    if field["required"]:
        row["required"] = True
    if limit := limit_of(field["description"]):
        row["limit"] = limit
    if field["types"] == ["String"] and (fixed := _FIXED.search(field["description"])):
        row["fixed"] = fixed[1]
    return row


def table_of(description: dict[str, Any]) -> dict[str, Any]:
    """The whole table: version, methods with what they return, types with their fields or members."""
    methods = {
        name: {
            "returns": "|".join(method["returns"]),
            "fields": {field["name"]: field_of(field) for field in method.get("fields", [])},
        }
        for name, method in sorted(description["methods"].items())
    }
    types = {
        name: {"one_of": kind["subtypes"]}
        if kind.get("subtypes") and not kind.get("fields")
        else {"fields": {field["name"]: field_of(field) for field in kind.get("fields", [])}}
        for name, kind in sorted(description["types"].items())
    }
    return {"version": description["version"], "methods": methods, "types": types}


def text_of(table: dict[str, Any]) -> str:
    """The table as JSON with one line per field, so that a new version makes a readable diff."""
    lines = json.dumps(table, indent=1, ensure_ascii=False)
    leaf = re.compile(r"\{\s*(\"type\":[^{}]*?)\s*\}")
    return leaf.sub(lambda found: "{" + re.sub(r"\s*\n\s*", " ", found[1]) + "}", lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text_of(table_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
