"""Words for questions that are answered by typing one text."""

from __future__ import annotations

from bot.domain.commands import Cancel, Fill
from bot.domain.duty_outcomes import Asked
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row
from bot.views.parts import name

LONGEST_BEFORE = 1600  # characters shown of what stands there now


def asked(t: Translator, shown: Asked) -> Message:
    """Return the question, what stands there now, and how to take it away or leave."""
    about = name(shown.about)
    questions = {
        "instructions": t.say(
            "What shall people at <b>{place}</b> know when they check in? Please type it: "
            "what to do, where things are.",
            place=about,
        ),
        "contacts": t.say(
            "Whom can people at <b>{place}</b> call? Please type names and telephone numbers.", place=about
        ),
        "of_age": t.say(
            "On which day does {name} turn 18? Please type it, such as {example}. Only that day is kept.",
            name=about,
            example="2030-05-01",
        ),
        "guest": t.say("Who comes with you to <b>{place}</b>? Please type the name.", place=about),
        "reason": t.say(
            "Why do you change what is recorded for {name}? A short reason stays in the history.", name=about
        ),
        "reason_there": t.say(
            "Why do you change what is recorded for {name}? A short reason stays in the history. "
            "If the hours were others than the shift's, put them in front: {example}",
            name=about,
            example=t.plain("8-11 her telephone was empty"),
        ),
    }
    text = questions[shown.dialog]
    rows: list[Row] = []
    if shown.before:
        text = Html(f"{text}\n\n{t.say('It says now:')}\n{t.say('{text}', text=shown.before[:LONGEST_BEFORE])}")
        rows.append((Button(t.plain("Take it away"), Fill("text", "")),))
    return Message(text, (*rows, (Button(t.plain("✕ Cancel"), Cancel()),)))
