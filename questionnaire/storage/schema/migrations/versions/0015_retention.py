"""Old jobs and the texts of old messages are found by an index, and the outbox is read by key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("emptied_at", UTCDateTime(), nullable=True))
    has_text = sa.text("finished_at IS NOT NULL AND emptied_at IS NULL")
    op.create_index("ix_delivery_text", "delivery", ["finished_at"], sqlite_where=has_text, postgresql_where=has_text)
    op.drop_index("ix_delivery_newest", "delivery")
    op.create_index("ix_delivery_newest", "delivery", ["created_at", "id"])
    op.create_index("ix_job_state_finished", "job", ["state", "finished_at", "key"])
