"""A Telegram to play with: a Bot API server, the people who use it, and a page to watch them.

It knows nothing of any particular bot. A bot is pointed at its base URL; people are played
through the control API (`docs/reference/sandbox-control.md`) or by a scenario.
"""
