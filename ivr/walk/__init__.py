"""The pure reducer: from a flow, where a caller is and what is heard to what is said next."""
