"""Strict YAML 1.2 reader that knows the line of every value."""
