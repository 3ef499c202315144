"""Wake-ups and ephemeral words between nodes. Whatever is said here may be lost."""
