"""Endpoints of webhooks, and an index of what was sent to each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Json, UTCDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_STATES = "state IN ('on', 'off')"
_REASONS = "off_reason IN ('', 'admin', 'gone', 'failing')"


def upgrade() -> None:
    op.create_table(
        "webhook_endpoint",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "url")),
        sa.Column("events", Json, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("secret", "former_secret")),
        sa.Column("former_until", UTCDateTime(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "off_reason")),
        *(sa.Column(name, UTCDateTime(), nullable=True) for name in ("off_at", "failing_since", "succeeded_at")),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(_STATES, name="ck_webhook_endpoint_state"),
        sa.CheckConstraint(_REASONS, name="ck_webhook_endpoint_off_reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    is_webhook = sa.text("channel = 'webhook'")
    op.create_index("ix_delivery_webhook", "delivery", ["recipient", "created_at"], sqlite_where=is_webhook,
                    postgresql_where=is_webhook)  # fmt: skip
