"""What reaches the log never holds the bot's token."""

import json
import logging

from bot.logs import HIDDEN, AsJson, WithoutToken

TOKEN = "123456789:AAHfakefakefakefakefakefakefakefake"


def record(message, *args, error=None):
    made = logging.LogRecord("bot", logging.ERROR, __file__, 1, message, args, None)
    if error is not None:
        made.exc_info = (type(error), error, error.__traceback__)
    assert WithoutToken().filter(made)
    return made


def test_a_token_in_text_arguments_or_error_is_hidden():
    failure = RuntimeError(f"cannot reach https://example.org/bot{TOKEN}/getMe")
    made = record("calling %s", f"/bot{TOKEN}/getMe", error=failure)

    line = AsJson().format(made)

    assert TOKEN not in line
    assert json.loads(line)["message"] == f"calling /bot{HIDDEN}/getMe"
    assert HIDDEN in json.loads(line)["error"]
