"""What the Bot API looks like: a table derived from its machine-readable description, and checks against it."""
