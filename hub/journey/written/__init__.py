"""Written work as lists, what is done with many at once, and what waits aside."""
