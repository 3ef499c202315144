"""Rows of the store as small facts, read in batches of one moment."""
