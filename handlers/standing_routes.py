"""Which handler serves the buttons of roles, skills and commitments; part of the routing table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain import standing_commands as st
from bot.domain.commands import Command
from handlers import roles, skills
from handlers.dialogs import commitment_forms, skill_forms
from handlers.wire.context import Context

STANDING_PRESSED: dict[type[Command], Callable[[Context, Any], Awaitable[None]]] = {
    st.ChangeRole: roles.on_change_role,
    st.SkillList: skills.on_skill_list,
    st.OneSkill: skills.on_one_skill,
    st.NewSkill: skill_forms.on_new_skill,
    st.GrantList: skills.on_grant_list,
    st.GrantSkill: skill_forms.on_grant_skill,
    st.WithdrawSkill: skills.on_withdraw_skill,
    st.CommitTo: commitment_forms.on_commit_to,
    st.CommitmentList: commitment_forms.on_commitment_list,
    st.OneCommitment: commitment_forms.on_one_commitment,
    st.PauseCommitment: commitment_forms.on_pause_commitment,
    st.EndCommitment: commitment_forms.on_end_commitment,
}
