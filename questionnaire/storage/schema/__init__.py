"""The version of the tables and the migrations that lead to it."""
