"""The database itself: engine, writer lock, statements, column types, and what can be wrong with it."""
