"""The customer record: pure rules and row statements; nothing here appends events."""
