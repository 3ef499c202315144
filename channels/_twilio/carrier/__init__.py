"""A carrier of our own that speaks Twilio: for tests, and for calls without an account."""
