"""Columns get the names of what they hold: the benchmark shown, the entry in it, a consent, the time of storing."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RENAMES = (
    ("response", "told", "shown_benchmark"),
    ("response", "counted", "benchmark_entry"),
    ("consent", "given", "granted"),
    ("picture", "kept_at", "stored_at"),
)


def upgrade() -> None:
    # Both databases do this without copying the table, and change indexes and constraints along.
    for table, before, after in RENAMES:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {before} TO {after}")
