"""The demo bank's own system: a small program of its own, beside the hub."""
