"""Muster · 守望: shifts, incidents and messages for a neighbourhood that staffs its checkpoints with volunteers."""

__version__ = "0.1.0"
