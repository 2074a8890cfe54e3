"""Forms: questions asked one after another, each draft a stored row.

A form is found by the name of its dialog; typed text and the buttons Fill, Back, Cancel and Confirm go to the form the
person has open.
"""

from __future__ import annotations

from handlers.dialogs.current import continue_form, on_back, on_cancel, on_cancel_command, on_confirm, on_fill, on_text

__all__ = ["continue_form", "on_back", "on_cancel", "on_cancel_command", "on_confirm", "on_fill", "on_text"]
