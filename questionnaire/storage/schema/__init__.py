"""The schema version of the database, and the migrations."""
