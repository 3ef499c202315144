"""One stream per viewer: a snapshot, then increments from the log."""
