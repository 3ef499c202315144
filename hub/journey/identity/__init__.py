"""Who speaks in a Contact: proved by code or questions, as which person, with which warnings."""
