"""Pressing inline buttons, and answering the presses."""

from typing import Any

from sandbox.entities.text import utf16_length
from sandbox.errors import bad_request
from sandbox.world.messages import Message
from sandbox.world.render import message_object
from sandbox.world.updates import PRESS_LIFE
from sandbox.world.world import Press, World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"  # server, TDLib


def press(world: World, message: Message, person_id: int, button: dict[str, Any]) -> Press:
    """A person presses a callback button; the bot gets a `callback_query` that lives 150 s.

    Bad weather may make it a double tap, of which the first is returned, or let it arrive too late to be answered.
    """
    fate = world.press_fate()
    made = _press(world, message, person_id, button, too_late=fate.too_late)
    if fate.twice:
        _press(world, message, person_id, button, too_late=False)
    return made


def _press(world: World, message: Message, person_id: int, button: dict[str, Any], *, too_late: bool) -> Press:
    query_id = str(world.rng.randrange(10**17, 10**18))
    made = Press(
        len(world.presses) + 1,
        query_id,
        person_id,
        message.chat_id,
        message.id,
        button["callback_data"],
        world.now(),
    )
    world.add_press(made)
    query = {
        "id": query_id,
        "from": world.user(person_id),
        "message": message_object(world, message),
        "chat_instance": world.chats[message.chat_id].instance,
        "data": button["callback_data"],
    }
    about = f"{world.name_of(person_id)} pressed “{button['text']}”"
    world.updates.add("callback_query", query, queue=f"press {person_id}", about=about, life=PRESS_LIFE)
    world.changed("press", person_id=person_id, chat_id=message.chat_id, message_id=message.id)
    if too_late:
        world.expire_press(made)
    return made


def answer(world: World, query_id: str, text: str, *, alert: bool, url: str | None) -> None:
    """The bot answers a press. Raises `ApiError` for one unknown, too old or answered already.

    That a second answer is refused with the same text is a guess; over 200 characters is `MESSAGE_TOO_LONG` (seen).
    """
    made = world.presses.get(query_id)
    if made is not None and made.state == "waiting" and world.now() - made.at > PRESS_LIFE:
        world.pass_time()
    if made is None or made.state != "waiting":
        raise bad_request(TOO_OLD)
    if utf16_length(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    world.settle_press(made, "answered")
    made.text, made.url = text, url
    made.after = round(world.now() - made.at, 3)
    made.kind = "url" if url else "silent" if not text else "alert" if alert else "toast"
    world.changed("press", person_id=made.person_id, chat_id=made.chat_id, message_id=made.message_id)
    if made.kind != "silent":
        world.notify(made.person_id, made.kind, text, url=url, press_id=made.id)
