"""Text messages over several providers, one channel."""
