"""One folder per channel; each imports the hub and no other channel."""
