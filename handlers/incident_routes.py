"""Which handler serves which button about incidents and cases (see `handlers.routes`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain import incident_commands as i
from bot.domain.commands import Command
from handlers import incidents
from handlers.dialogs import report_form
from handlers.wire.context import Context

INCIDENT_PRESSED: dict[type[Command], Callable[[Context, Any], Awaitable[None]]] = {
    i.Report: report_form.on_report,
    i.MyReport: incidents.on_my_report,
    i.AddToReport: report_form.on_add_to_report,
    i.WithdrawReport: incidents.on_withdraw_report,
    i.AnswerSolved: incidents.on_answer_solved,
    i.OneIncident: incidents.on_one_incident,
    i.IncidentPhoto: incidents.on_incident_photo,
    i.TakeIncident: incidents.on_take_incident,
    i.GiveBackIncident: incidents.on_give_back_incident,
    i.StillOnIt: incidents.on_still_on_it,
    i.AssignIncident: incidents.on_assign_incident,
    i.GiveIncident: incidents.on_give_incident,
    i.ResolveIncident: report_form.on_resolve_incident,
}
