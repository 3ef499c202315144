"""Tables, event log, outbox, timers, journal; the only opener of sessions."""
