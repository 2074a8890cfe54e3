"""Receiver, outgoing calls, and everything that speaks the Bot API."""
