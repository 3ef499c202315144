"""The rule bot: a menu, answers from a file, and a person whenever one is asked for."""
