"""Polls: sending them, voting, closing."""

from typing import Any

from sandbox.entities.text import utf16_length
from sandbox.errors import ControlError, bad_request
from sandbox.methods.call import Call
from sandbox.methods.sending import place
from sandbox.world.posting import record
from sandbox.world.render import message_object, poll_object
from sandbox.world.world import Poll, World


def send_poll(call: Call) -> Any:
    """`sendPoll`; limits and texts as the server and TDLib have them."""
    question = str(call.get("question", "")).strip()
    options = [str(option["text"]).strip() for option in call.get("options", [])]
    kind = call.get("type", "regular")
    if kind not in {"regular", "quiz"}:
        raise bad_request("unsupported poll type specified")
    _check_texts(question, options)
    content = _content(call, question, options, kind)
    poll = Poll(str(call.world.rng.randrange(10**18, 10**19)), by_bot=True, content=content)
    poll.content["id"] = poll.id
    call.world.polls[poll.id] = poll
    message = place(call, "poll", {"poll": {"id": poll.id}})
    poll.message = (message.chat_id, message.id)
    return message_object(call.world, message)


def _check_texts(question: str, options: list[str]) -> None:
    """Limits of question and options, in TDLib's words."""
    if not question or not all(options):
        raise bad_request("text must be non-empty")
    if utf16_length(question) > 300:
        raise bad_request("poll question length must not exceed 300")
    if not options:
        raise bad_request("poll must have at least 1 option")
    if len(options) > 12:
        raise bad_request("poll can't have more than 12 options")
    if max(utf16_length(option) for option in options) > 100:
        raise bad_request("poll options length must not exceed 100")


def _content(call: Call, question: str, options: list[str], kind: str) -> dict[str, Any]:
    content: dict[str, Any] = {
        "question": question,
        "options": [{"persistent_id": str(index), "text": option} for index, option in enumerate(options)],
        "is_closed": bool(call.get("is_closed", False)),
        "is_anonymous": bool(call.get("is_anonymous", True)),
        "type": kind,
        "allows_multiple_answers": bool(call.get("allows_multiple_answers", False)),
        "allows_revoting": bool(call.get("allows_revoting", kind == "regular")),
        "members_only": False,
    }
    for name in ("correct_option_ids", "explanation", "open_period", "close_date", "description"):
        if call.params.get(name) is not None:
            content[name] = call.params[name]
    if kind == "quiz" and not content.get("correct_option_ids"):
        raise bad_request("correct option identifiers must be specified for a quiz")  # guess
    return content


def close_poll(world: World, poll: Poll) -> None:
    """Close it and send the bot its last state as a `poll` update."""
    poll.content["is_closed"] = True
    world.updates.add("poll", poll_object(poll), queue=f"poll {poll.id}", about="the poll was closed")
    world.changed("poll", chat_id=poll.message[0], message_id=poll.message[1])


def vote(world: World, poll: Poll, person_id: int, options: list[int]) -> None:
    """A person votes or, with no options, takes the vote back; the bot whose poll it is hears of it (Bot API docs)."""
    _check_vote(poll, person_id, options)
    poll.votes[person_id] = options
    if poll.by_bot:
        _tell_vote(world, poll, person_id, options)
    if (message := world.message(*poll.message)) is not None:
        record(world, message, "edited", by=person_id, method=None)
    world.changed("poll", chat_id=poll.message[0], message_id=poll.message[1])


def _check_vote(poll: Poll, person_id: int, options: list[int]) -> None:
    if poll.content["is_closed"]:
        raise ControlError("the poll is closed")
    if not set(options) <= set(range(len(poll.content["options"]))):
        raise ControlError(f"the poll has {len(poll.content['options'])} options, counted from 0")
    if len(options) > 1 and not poll.content["allows_multiple_answers"]:
        raise ControlError("the poll takes one answer")
    if poll.votes.get(person_id) and not poll.content["allows_revoting"]:
        raise ControlError("the poll lets nobody change a vote")


def _tell_vote(world: World, poll: Poll, person_id: int, options: list[int]) -> None:
    """`poll_answer` unless the poll is anonymous, then `poll` (that order is a guess)."""
    queue, about = f"poll {poll.id}", f"{world.name_of(person_id)} voted"
    if not poll.content["is_anonymous"]:
        answer = {
            "poll_id": poll.id,
            "user": world.user(person_id),
            "option_ids": options,
            "option_persistent_ids": [str(option) for option in options],
        }
        world.updates.add("poll_answer", answer, queue=queue, about=about)
    world.updates.add("poll", poll_object(poll), queue=queue, about=about)


METHODS = {"sendPoll": send_poll}
