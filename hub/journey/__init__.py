"""The walk of a Contact, one file per step; the only writers of its events."""
