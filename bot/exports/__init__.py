"""Rows turned into files; pure."""
