"""The hub: the words, the state machine, the journey, the records and the log."""
