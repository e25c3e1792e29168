"""A strict reader of YAML 1.2 that knows the line of every value."""
