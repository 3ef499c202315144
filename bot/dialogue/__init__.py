"""The talk: a pure reducer over the definition. What it knows is in its state, nothing else."""
