"""What a flow is: its nodes as values, read from YAML or JSON with every mistake told."""
