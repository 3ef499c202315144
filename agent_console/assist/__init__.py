"""Help for who serves a customer: never sent, never chosen by itself."""
