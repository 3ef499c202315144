"""The Socket.IO door of the console."""
