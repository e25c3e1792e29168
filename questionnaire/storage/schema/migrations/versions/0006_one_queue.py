"""Jobs are claimed by workers themselves; what the job runner of earlier releases kept goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import check_in

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

HANDED_BACK = "state = 'waiting' AND claims > 0"
# The runner's tables in an SQLite file, those that point at others first. On PostgreSQL they had a schema.
RUNNER_TABLES = (
    "operation_outputs",
    "workflow_events",
    "workflow_events_history",
    "workflow_input",
    "workflow_output",
    "workflow_schedules",
    "streams",
    "notifications",
    "event_dispatch_kv",
    "queues",
    "application_versions",
    "workflow_status",
    "dbos_migrations",
)
RUNNER_SCHEMA = "dbos"


def upgrade() -> None:
    # What the runner had in hand is done by the workers; a job's turn stays, so that its effects keep their names.
    op.execute("UPDATE job SET state = 'waiting' WHERE state = 'handed'")
    # A job holds its mail by its own name, no longer by that of one turn.
    before_sign = (
        "instr(claimed_by, '#') - 1" if op.get_bind().dialect.name == "sqlite" else "strpos(claimed_by, '#') - 1"
    )
    op.execute(
        f"UPDATE mail SET claimed_by = substr(claimed_by, 1, {before_sign}) "  # noqa: S608 (words of ours)
        "WHERE state = 'sending' AND claimed_by LIKE '%#%'"
    )
    # Signs of life of workers that ran the earlier release.
    op.execute("DELETE FROM worker")
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("claims", sa.Integer(), nullable=False, server_default="0"))
        job.add_column(sa.Column("claimed_by", sa.Text(), nullable=True))
        job.drop_constraint("ck_job_state", type_="check")
        job.create_check_constraint(
            "ck_job_state", check_in("state", ("waiting", "running", "done", "dead"), "job").sqltext
        )
    with op.batch_alter_table("job") as job:
        job.alter_column("claims", server_default=None)
    op.create_index(
        "ix_job_handed_back",
        "job",
        ["claims", "not_before"],
        sqlite_where=sa.text(HANDED_BACK),
        postgresql_where=sa.text(HANDED_BACK),
    )
    _drop_runner()


def _drop_runner() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        there = set(sa.inspect(connection).get_table_names())
        for name in RUNNER_TABLES:
            if name in there:
                op.drop_table(name)
    elif connection.execute(sa.text("SELECT 1 FROM setting WHERE name = 'runner'")).scalar():
        # This row was written when we made the schema; without it a schema of this name is somebody else's.
        op.execute(f'DROP SCHEMA IF EXISTS "{RUNNER_SCHEMA}" CASCADE')
    op.execute("DELETE FROM setting WHERE name = 'runner'")
