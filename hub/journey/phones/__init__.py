"""The phone at which an agent takes calls."""
