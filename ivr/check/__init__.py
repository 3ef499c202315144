"""What would go wrong for a caller, found before anybody calls."""
