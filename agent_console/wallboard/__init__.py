"""Live operations: figures, agents, contacts in progress, alerts, satisfaction."""
