"""The part of the routing table for places that change hands: offers, cover, swaps, departures, standby."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain import getting_commands as g
from bot.domain.commands import Command
from handlers import calendars, cover, departures, offers, standbys, swaps
from handlers.wire.context import Context

GETTING_PRESSED: dict[type[Command], Callable[[Context, Any], Awaitable[None]]] = {
    g.AcceptOffer: offers.on_accept_offer,
    g.PassOffer: offers.on_pass_offer,
    g.SeekCover: cover.on_seek_cover,
    g.WithdrawCover: cover.on_withdraw_cover,
    g.TakeCover: cover.on_take_cover,
    g.UndoCover: cover.on_undo_cover,
    g.AnswerCover: cover.on_answer_cover,
    g.SwapChoices: swaps.on_swap_choices,
    g.AskSwap: swaps.on_ask_swap,
    g.AnswerSwap: swaps.on_answer_swap,
    g.ApproveSwap: swaps.on_approve_swap,
    g.WithdrawSwap: swaps.on_withdraw_swap,
    g.UndoSwap: swaps.on_undo_swap,
    g.MySwaps: swaps.on_my_swaps,
    g.FreePlaces: departures.on_free_places,
    g.KeepPlaces: departures.on_keep_places,
    g.StandbyDays: standbys.on_standby_days,
    g.AgreeStandby: standbys.on_agree_standby,
    g.WithdrawStandby: standbys.on_withdraw_standby,
    g.WhoStandsBy: standbys.on_who_stands_by,
    g.ComeStandby: standbys.on_come_standby,
    g.PassStandby: standbys.on_pass_standby,
    g.MyCalendar: calendars.on_my_calendar,
}
