"""Text messages over a carrier's own SMPP 3.4."""
