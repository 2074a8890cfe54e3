"""Formatted text: what bots write (HTML, Markdown) and what people type, made into entities."""
