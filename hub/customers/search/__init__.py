"""Finding a Customer by words although every word is sealed."""
