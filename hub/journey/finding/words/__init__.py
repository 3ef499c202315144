"""Closed Contacts by the words that were written in them, although every word is sealed."""
