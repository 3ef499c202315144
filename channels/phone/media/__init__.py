"""The media process: sound of calls, in a process of its own."""
