"""The world outside: clock, identifiers, randomness, and the points where tests end it."""
