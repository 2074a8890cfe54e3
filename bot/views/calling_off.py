"""Words of the form that calls a day off, and why a shift was called off."""

from __future__ import annotations

from bot.domain.commands import CheckpointList, Confirm, Fill
from bot.domain.making_commands import SeriesList
from bot.domain.series_outcomes import DayCalledOff, DayForm
from bot.i18n import Html, Translator
from bot.ports.message import Button, Message, Row, Style
from bot.views.parts import HOLIDAY, STORM, label, name, reason_said
from bot.views.questions import ask_day, ways_out

EVERYWHERE = "*"  # before a community's id; as `bot.services.calling_off` reads it


def form(t: Translator, shown: DayForm) -> Message:
    """Return the form at its step, with what is filled in so far."""
    if shown.form.step == "preview":
        return preview(t, shown)
    if shown.form.step == "place":
        question, rows = _ask_place(t, shown)
    elif shown.form.step == "day":
        question, rows = ask_day(t, shown.form)
    else:
        question, rows = _ask_reason(t)
    lines = [t.say("<b>Call off a day</b>"), *_so_far(t, shown.said), "", question]
    return Message("\n".join(lines), (*rows, ways_out(t, first=shown.form.step == "place")))


def preview(t: Translator, shown: DayForm) -> Message:
    """Say exactly what is called off, and how many people are told."""
    said = shown.said
    lines = [t.say("<b>Call off a day?</b>"), *_so_far(t, said)]
    lines.append(t.count("{n} shift is called off.", "{n} shifts are called off.", said.shifts))
    lines.append(t.count("{n} person is told at once.", "{n} people are told at once.", said.people))
    lines.append(t.say("Series make no shifts that day either."))
    yes = Button(t.plain("Yes, call it off"), Confirm(), style=Style.DANGER)
    return Message("\n".join(lines), ((yes,), ways_out(t, first=False)))


def done(t: Translator, shown: DayCalledOff) -> Message:
    """Confirm that a day is called off."""
    lines = [t.say("<b>Called off</b>"), *_so_far(t, shown)]
    lines.append(t.count("{n} shift is called off.", "{n} shifts are called off.", shown.shifts))
    lines.append(t.count("{n} person is told.", "{n} people are told.", shown.people))
    lines.append(
        t.say("Should it take place after all: press ↩ at the series, or at the single shift under /checkpoints.")
    )
    return Message(
        "\n".join(lines),
        ((Button(t.plain("All series"), SeriesList()), Button(t.plain("Checkpoints"), CheckpointList())),),
    )


def _so_far(t: Translator, shown: DayCalledOff) -> list[str]:
    lines: list[str] = []
    if shown.everywhere:
        lines.append(t.say("All checkpoints"))
    elif shown.place:
        lines.append(t.say("Checkpoint: {place}", place=name(shown.place)))
    if shown.day:
        lines.append(t.say("Day: {days}", days=t.day(shown.day)))
    why = reason_said(t, shown.reason)
    return [*lines, t.say("Reason: {reason}", reason=why)] if why else lines


def _ask_place(t: Translator, shown: DayForm) -> tuple[str, list[Row]]:
    question = t.say("At which checkpoint?")
    if shown.form.unknown:
        question = Html(t.say("There is no checkpoint “{name}”.", name=name(shown.form.unknown)) + "\n" + question)
    communities = {c.community_id: c.community for c in shown.form.choices}
    everywhere = t.plain("All checkpoints")
    rows: list[Row] = [
        (Button(label(f"{everywhere} · {said}" if said else everywhere), Fill("place", EVERYWHERE + id_)),)
        for id_, said in communities.items()
    ]
    rows += [
        (Button(label(f"{p.name} · {p.community}" if p.community else p.name), Fill("place", p.checkpoint_id)),)
        for p in shown.form.choices[:20]
    ]
    return question, rows


def _ask_reason(t: Translator) -> tuple[str, list[Row]]:
    rows: list[Row] = [
        (Button(t.plain("Holiday"), Fill("reason", HOLIDAY)), Button(t.plain("Storm"), Fill("reason", STORM))),
        (Button(t.plain("Without a reason"), Fill("reason", "")),),
    ]
    return t.say("Why? Press, or type a few words. Everybody who is told reads them."), rows
