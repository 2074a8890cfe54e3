"""Logs for operators: one line an event, as text or JSON, without tokens."""

from __future__ import annotations

import json
import logging
import re
import sys

_TOKEN = re.compile(r"\d{5,16}:[A-Za-z0-9_-]{30,64}")
HIDDEN = "<token>"
TALKATIVE = ("telegram", "apscheduler", "aiohttp.access")  # at DEBUG the first logs what Telegram tells of people


class WithoutToken(logging.Filter):
    """Takes anything that looks like a bot token out of every line, arguments and tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; nothing is dropped."""
        record.msg, record.args = _TOKEN.sub(HIDDEN, record.getMessage()), None
        if record.exc_info:
            record.exc_text = _TOKEN.sub(HIDDEN, logging.Formatter().formatException(record.exc_info))
        return True


class AsJson(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def set_up(level: str, form: str) -> None:
    """Send every log line to standard error, from `level` on, as "text" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        AsJson() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    handler.addFilter(WithoutToken())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for library in TALKATIVE:
        logging.getLogger(library).setLevel(logging.WARNING)
