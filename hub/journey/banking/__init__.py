"""Orders of customers to the bank's own systems, and our copy of what those know."""
