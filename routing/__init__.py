"""Which agent serves which contact, and why: a pure core with one shell (`engine`)."""
