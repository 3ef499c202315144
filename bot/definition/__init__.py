"""The assistant's definition: Rasa's own files, read, checked and kept as values."""
