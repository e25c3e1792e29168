"""Rows that are only ever added: the database itself refuses to change or remove them."""

from __future__ import annotations

from alembic import op

_REFUSE = """
CREATE OR REPLACE FUNCTION rows_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: add a new one', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$
"""


def never_changed(table: str) -> None:
    """Puts a guard on a table: UPDATE and DELETE fail from now on, whoever tries."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(_REFUSE)
        op.execute(
            f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION rows_are_never_changed()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed: add a new one'); END"
        )
