"""Agents' words on mail and messages, from the composer to the outbox."""
