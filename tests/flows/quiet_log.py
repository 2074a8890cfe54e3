"""What the bot logs at DEBUG while people play, and what of it must not be there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot import logs
from sandbox.server import TOKEN, Sandbox

SHORTEST = 6  # letters; what is shorter may stand in any line by chance


class Kept(logging.Handler):
    """Keeps every line of the bot as it would be written; the sandbox in this process is another program."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def handle(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("sandbox"):
            logs.WithoutToken().filter(record)
            self.lines.append(logs.AsJson().format(record))
        return True


@contextmanager
def kept() -> Iterator[Kept]:
    """Log at DEBUG, and keep it; libraries say as much as in the real program, whichever tests ran before."""
    root, handler = logging.getLogger(), Kept()
    levels = {name: logging.getLogger(name).level for name in (None, *logs.TALKATIVE)}
    root.setLevel(logging.DEBUG)
    for library in logs.TALKATIVE:
        logging.getLogger(library).setLevel(logging.WARNING)
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def telling(lines: list[str], sandbox: Sandbox) -> list[str]:
    """Return the lines that hold the token, a name, a title, or words that somebody wrote."""
    world = sandbox.world
    written = [
        message.content.get("text", "")
        for chat in world.chats.values()
        for message in chat.messages.values()
        if message.sender_id in world.people and not world.people[message.sender_id].is_bot
    ]
    names = [person.name for person in world.people.values() if not person.is_bot]
    titles = [chat.title for chat in world.chats.values() if chat.title]
    arguments = [words.partition(" ")[2] if words.startswith("/") else words for words in written]
    secrets = {words for words in (*names, *titles, *arguments) if len(words) >= SHORTEST} | {TOKEN.split(":")[1]}
    return [line for line in lines if any(secret in line for secret in secrets)]
