"""What a head was asked to sign, and which printed agreements are kept: those of versions always, those of drafts for a
while. What was printed before is kept.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import UTCDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("policy_proposal", sa.Column("revision", sa.Integer(), nullable=True))
    op.add_column("policy_proposal", sa.Column("sha256", sa.Text(), nullable=True))
    op.add_column("agreement_file", sa.Column("policy", sa.Text(), nullable=True))
    op.add_column("agreement_file", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("agreement_file", sa.Column("expires_at", UTCDateTime(), nullable=True))
    expires = sa.text("expires_at IS NOT NULL")
    op.create_index("ix_agreement_file_expires_at", "agreement_file", ["expires_at"],
                    sqlite_where=expires, postgresql_where=expires)  # fmt: skip
    of_version = sa.text("policy IS NOT NULL")
    op.create_index("ix_agreement_file_version", "agreement_file", ["policy", "version", "language"], unique=True,
                    sqlite_where=of_version, postgresql_where=of_version)  # fmt: skip
