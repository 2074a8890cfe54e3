"""Settings: config.toml into frozen, typed values, with every mistake reported at once."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

TOKEN_FORM = r"\d{5,16}:[A-Za-z0-9_-]{30,64}"  # noqa: S105 (the form of a token, not a token)


class ConfigError(Exception):
    """The configuration cannot be used; `mistakes` holds one plain sentence each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Telegram(_Section):
    """How to reach the Bot API."""

    base_url: str = Field(default="https://api.telegram.org", pattern=r"^https?://[^\s/]+.*[^/]$")
    mode: Literal["polling", "webhook"] = "polling"


class Webhook(_Section):
    """Where updates are received when they are pushed."""

    public_url: str = Field(default="", pattern=r"^(https://\S+)?$")
    listen: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8443, ge=1, le=65535)


class StoreFolder(_Section):
    """Where the database lives, and for how many days what is over stays at hand before it goes into the archive."""

    folder: str = Field(default="data", min_length=1)
    keep_days: int = Field(default=400, ge=60, le=36500)


class Delivery(_Section):
    """The pace of sending: messages and edits a second overall, a second to one chat, a minute to one group."""

    per_second: float = Field(default=25, gt=0, le=1000)
    per_chat_per_second: float = Field(default=1, gt=0, le=1000)
    per_group_per_minute: float = Field(default=18, gt=0, le=60000)


class Log(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Emergency(_Section):
    """What to call in danger, where a community needs other numbers than those the bot knows.

    By country ("CN") or by time zone ("Asia/Shanghai").
    """

    numbers: dict[str, str] = Field(default_factory=dict)


class Settings(_Section):
    """Everything that can be configured."""

    telegram: Telegram = Telegram()
    webhook: Webhook = Webhook()
    store: StoreFolder = StoreFolder()
    delivery: Delivery = Delivery()
    log: Log = Log()
    emergency: Emergency = Emergency()


def read_settings(path: Path, *, needed: bool) -> Settings:
    """Return the settings in a file; where it is missing and not `needed`, the defaults. Raises ConfigError."""
    if not needed and not path.exists():
        return Settings()
    try:
        text = path.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except OSError as error:
        raise ConfigError([f"{path} cannot be read: {error.strerror}."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path} is not valid TOML: {error}."]) from None
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError([_sentence(mistake) for mistake in error.errors()]) from None
    if settings.telegram.mode == "webhook" and not settings.webhook.public_url:
        raise ConfigError(
            ['webhook.public_url is needed when telegram.mode is "webhook", e.g. "https://bot.example.org"']
        )
    return settings


def read_token(environment: Mapping[str, str]) -> SecretStr:
    """Return the bot's token from BOT_TOKEN, or from the file that BOT_TOKEN_FILE names. Raises ConfigError."""
    token = environment.get("BOT_TOKEN", "").strip()
    if not token and (name := environment.get("BOT_TOKEN_FILE", "")):
        token = _token_file(Path(name))
    if not token:
        raise ConfigError(["No token. Set BOT_TOKEN, or BOT_TOKEN_FILE to a file with the token @BotFather gave you."])
    if not re.fullmatch(TOKEN_FORM, token):
        raise ConfigError(
            ["The token has not the form of a bot token, such as 123456789:AAH… (its text is not shown)."]
        )
    return SecretStr(token)


def _token_file(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        if os.name == "posix" and mode & (stat.S_IRWXO | stat.S_IWGRP):
            raise ConfigError([f"{path} can be read by everybody on this machine. Run: chmod 600 {path}"])
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"BOT_TOKEN_FILE {path} cannot be read: {error}."]) from None


def _sentence(mistake: Any) -> str:
    where = ".".join(str(part) for part in mistake["loc"])
    if mistake["type"] == "extra_forbidden":
        return f"{where} is no setting.{_meant(mistake['loc'])}"
    given = "" if isinstance(mistake["input"], dict) else f" (it is {mistake['input']!r})"
    return f"{where}: {mistake['msg']}{given}."


def _meant(loc: tuple[str, ...]) -> str:
    fields: Mapping[str, Any] = Settings.model_fields
    for part in loc[:-1]:
        fields = fields[part].annotation.model_fields
    near = get_close_matches(str(loc[-1]), list(fields), n=1)
    return f" Did you mean {'.'.join([*loc[:-1], near[0]])}?" if near else f" Known here: {', '.join(fields)}."
