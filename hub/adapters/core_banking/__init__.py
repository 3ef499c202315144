"""The core banking system over REST; the mapping is in README.md."""
