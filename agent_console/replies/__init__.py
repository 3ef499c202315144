"""Saved replies: the words agents use again, checked before they are in force."""
