"""What a page may ask for by `do`: one model and one function per command."""
