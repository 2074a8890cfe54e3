"""The Telegram edge: the only place that imports telegram."""
