"""Written channels: how Messages leave, in order, and what is told of them afterwards."""
