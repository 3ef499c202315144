"""Mailboxes and numbers of ours: connected, paused, tried, and what is known of them."""
