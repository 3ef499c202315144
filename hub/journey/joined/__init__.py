"""Conversations that staff merge, split and link, and how exactly that is taken back."""
