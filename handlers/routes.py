"""The routing table: which handler serves which command, button and kind of update.

Typed commands and pressed buttons are found by name in a dictionary, so that two hundred cost no more than two.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.domain import brief_commands as b
from bot.domain import code_commands as q
from bot.domain import commands as c
from bot.domain import duty_commands as d
from bot.domain import lead_commands as lead
from bot.domain import making_commands as m
from bot.domain.commands import Command
from handlers import (
    attendance,
    briefs,
    calendars,
    checkpoints,
    codes,
    communities,
    copying,
    dialogs,
    home,
    hours,
    leads,
    reminders,
    rules,
    series,
    shifts,
    skills,
    standbys,
    teams,
)
from handlers.dialogs import (
    commitment_forms,
    day_off_form,
    edit_form,
    handover_form,
    import_form,
    name_forms,
    override_form,
    removal_form,
    report_form,
    series_edit_form,
    series_form,
    shift_form,
    spot_form,
    text_form,
)
from handlers.getting_routes import GETTING_PRESSED
from handlers.incident_routes import INCIDENT_PRESSED
from handlers.rule_routes import TAKING
from handlers.standing_routes import STANDING_PRESSED
from handlers.team_routes import TEAM_PRESSED
from handlers.wire.context import Context

OnCommand = Callable[[Context], Awaitable[None]]
OnPress = Callable[[Context, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed command. `group`: it belongs into the group; otherwise it is answered in private wherever it is typed.

    `start` is the start word that leads to it from a group; `leads`: shown in the menu to coordinators.
    """

    handler: OnCommand
    group: bool = False
    start: str = "home"
    leads: bool = False


TYPED: dict[str, Typed] = {
    "start": Typed(home.on_start_command),
    "shifts": Typed(shifts.on_shifts_command, start="shifts"),
    "mine": Typed(shifts.on_mine_command, start="mine"),
    "hours": Typed(hours.on_hours_command, start="hours"),
    "now": Typed(attendance.on_now_command, start="now"),
    "standby": Typed(standbys.on_standby_command, start="standby"),
    "report": Typed(report_form.on_report_command, start="report"),
    "rules": Typed(rules.on_rules_command, start="rules"),
    "reminders": Typed(reminders.on_reminders_command, start="reminders"),
    "language": Typed(home.on_language_command),
    "help": Typed(home.on_help_command),
    "cancel": Typed(dialogs.on_cancel_command),
    "newshift": Typed(shift_form.on_new_shift_command, start="draft", leads=True),
    "changeshift": Typed(edit_form.on_change_shift_command, start="draft", leads=True),
    "newseries": Typed(series_form.on_new_series_command, start="draft", leads=True),
    "changeseries": Typed(series_edit_form.on_change_series_command, start="draft", leads=True),
    "series": Typed(series.on_series_command, leads=True),
    "import": Typed(import_form.on_import_command, leads=True),
    "copyweek": Typed(copying.on_copy_week_command, leads=True),
    "commitments": Typed(commitment_forms.on_commitments_command),
    "skills": Typed(skills.on_skills_command),
    "teams": Typed(teams.on_teams_command),
    "calloff": Typed(day_off_form.on_call_off_command, start="draft", leads=True),
    "newcheckpoint": Typed(name_forms.on_new_checkpoint_command, start="draft", leads=True),
    "checkpoints": Typed(checkpoints.on_checkpoints_command, leads=True),
    "brief": Typed(briefs.on_brief_command, leads=True),
    "leads": Typed(leads.on_leads_command, leads=True),
    "setup": Typed(communities.on_setup_command, group=True, leads=True),
    "here": Typed(communities.on_here_command, group=True, leads=True),
}

PRESSED: dict[type[Command], OnPress] = {
    **TAKING,
    b.BriefTimes: briefs.on_brief_times,
    b.SetBrief: briefs.on_set_brief,
    b.ReachLink: briefs.on_reach_link,
    c.ClaimShift: shifts.on_claim,
    c.ReleaseShift: shifts.on_release,
    c.JoinWaitlist: shifts.on_join_waitlist,
    c.LeaveWaitlist: shifts.on_leave_waitlist,
    c.CancelShift: shifts.on_cancel_shift,
    c.OpenShifts: shifts.on_open_shifts,
    c.CheckpointFilter: shifts.on_checkpoint_filter,
    c.CheckpointShifts: shifts.on_checkpoint_shifts,
    c.MyShifts: shifts.on_my_shifts,
    c.MyShift: shifts.on_my_shift,
    c.CalendarFile: calendars.on_calendar_file,
    c.Home: home.on_home,
    c.Help: home.on_help,
    c.Languages: home.on_languages,
    c.SpeakToMe: home.on_speak_to_me,
    c.CheckpointList: checkpoints.on_checkpoint_list,
    c.ShiftRoster: checkpoints.on_roster,
    c.Candidates: checkpoints.on_candidates,
    c.AssignPerson: override_form.on_assign,
    c.RemovePerson: removal_form.on_remove,
    c.SetUp: communities.on_set_up,
    c.ChooseLanguage: communities.on_choose_language,
    c.ZoneList: communities.on_zone_list,
    c.ChooseZone: communities.on_choose_zone,
    c.BecomeCoordinator: communities.on_become_coordinator,
    c.FinishSetup: communities.on_finish_setup,
    c.NewCheckpoint: name_forms.on_new_checkpoint,
    c.NewPerson: name_forms.on_new_person,
    c.NewShift: shift_form.on_new_shift,
    c.UndoBatch: shift_form.on_undo_batch,
    c.Fill: dialogs.on_fill,
    c.Back: dialogs.on_back,
    c.Cancel: dialogs.on_cancel,
    c.Confirm: dialogs.on_confirm,
    d.ConfirmComing: attendance.on_confirm_coming,
    d.CheckIn: attendance.on_check_in,
    d.CheckOut: attendance.on_check_out,
    d.StayOn: attendance.on_stay_on,
    d.OnDuty: attendance.on_on_duty,
    d.OnTheSpot: attendance.on_on_the_spot,
    d.CheckpointPage: text_form.on_checkpoint_page,
    d.MyHours: hours.on_my_hours,
    d.HoursOfAll: hours.on_hours_of_all,
    d.SendStatements: hours.on_send_statements,
    d.HoursFile: hours.on_hours_file,
    d.PastShifts: hours.on_past_shifts,
    d.AttendanceSheet: hours.on_attendance_sheet,
    d.PersonAttendance: hours.on_person_attendance,
    d.CorrectAttendance: hours.on_correct_attendance,
    d.LeaveNote: handover_form.on_leave_note,
    d.AcceptHandover: handover_form.on_accept_handover,
    d.HandoverChain: handover_form.on_handover_chain,
    d.HandoverPhoto: handover_form.on_handover_photo,
    d.WriteForCheckpoint: text_form.on_write_for_checkpoint,
    lead.LeadList: leads.on_lead_list,
    lead.MakeLead: leads.on_make_lead,
    q.CodePage: codes.on_code_page,
    q.NewCode: codes.on_new_code,
    q.RevokeCode: codes.on_revoke_code,
    q.CodePicture: codes.on_code_picture,
    q.CodeSheet: codes.on_code_sheet,
    q.ScanCode: codes.on_scan_code,
    q.WhereItIs: spot_form.on_where_it_is,
    m.NewSeries: series_form.on_new_series,
    m.SeriesList: series.on_series_list,
    m.OneSeries: series.on_one_series,
    m.UndoSeries: series.on_undo_series,
    m.EndSeries: series.on_end_series,
    m.RestoreDay: series.on_restore_day,
    m.CallOffDay: day_off_form.on_call_off_day,
    m.ChangeShift: edit_form.on_change_shift,
    m.UndoEdit: edit_form.on_undo_edit,
    m.AskAgain: edit_form.on_ask_again,
    m.ReopenShift: edit_form.on_reopen_shift,
    m.PlanTemplate: import_form.on_plan_template,
    m.CopyWeek: copying.on_copy_week,
    m.ChangeSeries: series_edit_form.on_change_series,
    **GETTING_PRESSED,
    **STANDING_PRESSED,
    **TEAM_PRESSED,
    **INCIDENT_PRESSED,
}
