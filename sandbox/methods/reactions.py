"""Reactions set by the bot."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, chat_of, message_of

# Bot API docs, ReactionTypeEmoji: those of one code point, then those that are joined from several.
_SINGLE = (
    "❤👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐"
    "🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
_JOINED = ("❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷\u200d♀")
REACTIONS = frozenset(_SINGLE) | frozenset(_JOINED)


def set_message_reaction(call: Call) -> Any:
    """`setMessageReaction`: at most one, an emoji from Telegram's list, for a bot."""
    given = call.get("reaction", [])
    if len(given) > 1 or any(one["type"] == "paid" for one in given):
        raise bad_request("REACTIONS_TOO_MANY")  # guess
    chat = chat_of(call, Access.READ)
    message = message_of(call, chat, "react")
    emoji = given[0].get("emoji") if given else None
    if given and emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    if emoji is None:
        message.reactions.pop(call.world.bot.id, None)
    else:
        message.reactions[call.world.bot.id] = emoji
    call.world.changed("reactions", chat_id=chat.id, message_id=message.id)
    return True


METHODS = {"setMessageReaction": set_message_reaction}
