"""Mail out: what is written, and who takes it."""
