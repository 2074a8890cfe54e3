"""One line for every typed command, as the chat program's menu shows them."""

from __future__ import annotations

from bot.i18n import Translator


def descriptions(t: Translator) -> dict[str, str]:
    """Return the menu line of every command."""
    return {
        "start": t.plain("My next shift"),
        "shifts": t.plain("Shifts I can take"),
        "mine": t.plain("My shifts"),
        "hours": t.plain("Hours I have served"),
        "now": t.plain("Who is there now"),
        "standby": t.plain("Days on which you may call me"),
        "report": t.plain("🚨 Report something"),
        "rules": t.plain("What we have agreed on"),
        "commitments": t.plain("Mine until further notice"),
        "skills": t.plain("Skills that some roles need"),
        "reminders": t.plain("What I am reminded of, and when"),
        "teams": t.plain("Teams and partner units"),
        "language": t.plain("Language"),
        "help": t.plain("What I can do"),
        "cancel": t.plain("Leave a form"),
        "newshift": t.plain("Make shifts"),
        "changeshift": t.plain("Change a shift"),
        "newseries": t.plain("Make shifts that come again"),
        "changeseries": t.plain("Change a series"),
        "series": t.plain("Series of shifts"),
        "import": t.plain("Import a plan from a file"),
        "copyweek": t.plain("Copy a week of shifts"),
        "calloff": t.plain("Call off a day"),
        "newcheckpoint": t.plain("Open a checkpoint"),
        "checkpoints": t.plain("Checkpoints and who is on"),
        "brief": t.plain("Your morning brief: when it comes"),
        "leads": t.plain("Shift leads"),
        "setup": t.plain("Language, time zone, coordinators"),
        "here": t.plain("Show cards in this topic"),
    }


def about(t: Translator) -> str:
    """Return what the chat program shows before anybody pressed Start."""
    return t.plain(
        "I help neighbours share their duty shifts: one press to claim, one to give back, reminders in time. "
        "I am not an emergency service."
    )
