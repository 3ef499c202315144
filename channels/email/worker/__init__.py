"""Mails are read in a process of its own, which may use little and is replaced when it is stuck."""
