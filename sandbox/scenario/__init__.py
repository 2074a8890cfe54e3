"""Scenarios: plain text files that play people and say what they should see."""
