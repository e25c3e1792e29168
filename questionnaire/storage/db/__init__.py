"""Database access: engine, writer lock, statements, column types and errors."""
