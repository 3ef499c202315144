"""Tasks: what staff promised, kept in lists until due and then routed like any other work."""
