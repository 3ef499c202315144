"""Mails as bytes become values; pure, linear in their size, and it never raises."""
