"""toynets."""
