"""Calls by browser: the hub's half of the embedded engine."""
