"""What the assistant is taught from, and what its models are worth."""
