"""Reports of past days: computed once, kept, shown and exported."""
