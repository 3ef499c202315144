"""Pure helpers over text: language, tokens, digits, and JSON from strangers."""
