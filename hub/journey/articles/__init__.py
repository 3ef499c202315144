"""Articles from draft to published version, and what their readers teach."""
