"""Is a mail spam? Rules of the operator, a score with its reasons, and what is held back."""
