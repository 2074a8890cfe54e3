"""The Bot API's methods, one file per family."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sandbox.methods import chats, edits, links, media, members, messages, polls, presses, profile, reactions, topics
from sandbox.methods.call import Call

Method = Callable[[Call], Any]

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        **messages.METHODS,
        **edits.METHODS,
        **media.METHODS,
        **polls.METHODS,
        **presses.METHODS,
        **profile.METHODS,
        **chats.METHODS,
        **reactions.METHODS,
        **members.METHODS,
        **topics.METHODS,
        **links.METHODS,
    },
)
