"""Phone: calls through engines, one folder each; the hub owns queue, rooms and state."""
