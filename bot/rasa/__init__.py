"""Real Rasa as the assistant's engine: its project, its client, its actions."""
