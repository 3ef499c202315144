"""Articles in both languages: found in memory, shown cleaned, never beyond the reader's rights."""
