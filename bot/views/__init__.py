"""Outcomes and notices turned into words and buttons; pure."""
