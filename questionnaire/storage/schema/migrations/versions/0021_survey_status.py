"""State and home of surveys, versions that go live at a moment, notes of imports, visits per day, and test answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _survey_status()
    _publication_plan()
    _draft_import()
    _visit_count()
    _test_answers()
    _edits_can_be_deleted()


def _survey_status() -> None:
    """Closed surveys were settings until now. A survey with a draft is worked on in the builder: that is its home."""
    op.create_table(
        "survey_status",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", UTCDateTime(), nullable=True),
        sa.Column("state_by", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=True),
        sa.Column("home_at", UTCDateTime(), nullable=True),
        sa.Column("home_by", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'paused', 'closed', 'archived')", name="ck_survey_status_state"),
        sa.CheckConstraint("home IS NULL OR home IN ('builder', 'folder')", name="ck_survey_status_home"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_status"),
    )
    op.execute(
        "INSERT INTO survey_status (id, state, state_at, state_by, home_by) "
        "SELECT substr(name, 15), 'closed', at, '', '' FROM setting WHERE name LIKE 'closed survey %'"
    )
    op.execute("DELETE FROM setting WHERE name LIKE 'closed survey %'")
    op.execute(
        "UPDATE survey_status SET home = 'builder' WHERE id IN (SELECT name FROM authored_draft WHERE kind = 'survey')"
    )
    op.execute(
        "INSERT INTO survey_status (id, state, state_by, home, home_by) SELECT name, 'open', '', 'builder', '' "
        "FROM authored_draft WHERE kind = 'survey' AND name NOT IN (SELECT id FROM survey_status)"
    )


def _publication_plan() -> None:
    op.create_table(
        "publication_plan",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("in_force", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("go_live_at", UTCDateTime(), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("planned_by", sa.Text(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("finished_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'published', 'cancelled', 'refused')", name="ck_publication_plan_state"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication_plan"),
    )
    op.create_index("ix_publication_plan_survey", "publication_plan", ["survey_id", "go_live_at"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "uq_publication_plan_waiting", "publication_plan", ["survey_id"], unique=True,
        sqlite_where=waiting, postgresql_where=waiting,
    )  # fmt: skip


def _draft_import() -> None:
    op.create_table(
        "authored_draft_import",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("dismissed_at", UTCDateTime(), nullable=True),
        sa.Column("dismissed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["authored_draft.id"], name="fk_authored_draft_import_draft_id_authored_draft"
        ),
        sa.PrimaryKeyConstraint("draft_id", name="pk_authored_draft_import"),
    )


def _visit_count() -> None:
    op.create_table(
        "visit_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("completions", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "survey_id", "part", name="pk_visit_count"),
    )
    op.execute(
        "INSERT INTO visit_count (survey_id, day, part, starts, completions) "
        "SELECT survey_id, day, 0, count(*), sum(CASE WHEN completed THEN 1 ELSE 0 END) FROM visit "
        "WHERE CAST(answered AS TEXT) != '[]' GROUP BY survey_id, day"
    )


def _test_answers() -> None:
    op.add_column("response", sa.Column("test", sa.Boolean(), nullable=False, server_default=sa.false()))
    is_test = sa.text("test")
    op.create_index("ix_response_test", "response", ["survey_id", "at"], sqlite_where=is_test, postgresql_where=is_test)


def _edits_can_be_deleted() -> None:
    """The oldest edits of a long history go; those that stay are still never changed."""
    table = "authored_draft_edit"
    if op.get_context().dialect.name != "postgresql":
        op.execute(f"DROP TRIGGER {table}_refuses_delete")
        return
    op.execute(f"DROP TRIGGER {table}_is_never_changed ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION rows_are_never_changed()"
    )
