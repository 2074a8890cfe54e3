"""Words for what a coordinator decided about somebody who left the group."""

from __future__ import annotations

from bot.domain.commands import CheckpointList, Home
from bot.domain.duty_outcomes import Departed
from bot.i18n import Translator
from bot.ports.message import Button, Message
from bot.views.parts import name


def decided(t: Translator, departed: Departed) -> Message:
    """Say what became of the places of somebody who left."""
    who, n = name(departed.name), departed.places
    texts = {
        "freed": t.count(
            "Done: {name} is off {n} shift. Whoever waits is asked first; the cards show what is free.",
            "Done: {name} is off {n} shifts. Whoever waits is asked first; the cards show what is free.",
            n,
            name=who,
        ),
        "kept": t.count("Good: {name} stays on {n} shift.", "Good: {name} stays on {n} shifts.", n, name=who),
        "back": t.say("{name} is back in the group and keeps everything.", name=who),
        "nothing": t.say("{name} is on no coming shift any more.", name=who),
    }
    return Message(texts[departed.what], ((Button(t.plain("Checkpoints"), CheckpointList()), _home(t)),))


def _home(t: Translator) -> Button:
    return Button(t.plain("⌂ Start"), Home())
