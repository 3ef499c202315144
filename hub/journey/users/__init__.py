"""Who works here: added, changed, barred, let in again, brought in from a file."""
