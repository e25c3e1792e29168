"""Pictures of published surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.schema.migrations.never_changed import never_changed

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_picture")),
    )
    never_changed("picture")
