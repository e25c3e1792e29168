"""What prospects leave, what it was judged by, and the leads that come of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Counter, Json, UTCDateTime, check_in
from questionnaire.storage.schema.migrations.never_changed import never_changed

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _survey_version()
    _policy_version()
    _lead()
    _response()
    _consent()
    _assessment()
    _document()
    _event()
    _assignment()
    _pool_cursor()
    for table in ("survey_version", "policy_version", "event"):
        never_changed(table)


def _survey_version() -> None:
    op.create_table(
        "survey_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_survey_version")),
    )


def _policy_version() -> None:
    op.create_table(
        "policy_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_policy_version")),
    )


def _lead() -> None:
    op.create_table(
        "lead",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("canonical_email", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("account_domain", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("contact", Json, nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("newest_at", UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("fit", sa.Integer(), nullable=True),
        sa.Column("intent", sa.Integer(), nullable=True),
        sa.Column("timing", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("call_by", UTCDateTime(), nullable=True),
        sa.Column("next_what", sa.Text(), nullable=True),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        check_in(
            "stage",
            (
                "lead",
                "nurture",
                "mql",
                "review",
                "sql_ready",
                "assigned",
                "working",
                "sql",
                "opportunity",
                "customer",
                "lost",
                "disqualified",
                "diverted",
                "merged",
            ),
            "lead",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("canonical_email", name=op.f("uq_lead_canonical_email")),
    )
    op.create_index("ix_lead_call_by", "lead", ["call_by"], unique=False)
    op.create_index("ix_lead_domain", "lead", ["account_domain"], unique=False)
    op.create_index("ix_lead_label", "lead", ["label"], unique=False)
    op.create_index("ix_lead_newest", "lead", ["newest_at"], unique=False)
    op.create_index("ix_lead_owner_call_by", "lead", ["owner", "call_by"], unique=False)
    op.create_index("ix_lead_stage_newest", "lead", ["stage", "newest_at"], unique=False)


def _response() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("hidden", Json, nullable=False),
        sa.Column("claims", Json, nullable=False),
        sa.Column("contact", Json, nullable=False),
        sa.Column("source", Json, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_response_lead_id")),
        sa.ForeignKeyConstraint(
            ["policy_id", "policy_version"],
            ["policy_version.id", "policy_version.version"],
            name=op.f("fk_response_policy_id_policy_version"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id", "survey_version"],
            ["survey_version.id", "survey_version.version"],
            name=op.f("fk_response_survey_id_survey_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("key", name=op.f("uq_response_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_response_token_hash")),
    )
    op.create_index("ix_response_lead_at", "response", ["lead_id", "at"], unique=False)


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_consent_lead_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_consent_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_lead_id"), "consent", ["lead_id"], unique=False)
    op.create_index(op.f("ix_consent_response_id"), "consent", ["response_id"], unique=False)


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=True),
        sa.Column("policy_id", sa.Text(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_assessment_lead_id")),
        sa.ForeignKeyConstraint(
            ["policy_id", "policy_version"],
            ["policy_version.id", "policy_version.version"],
            name=op.f("fk_assessment_policy_id_policy_version"),
        ),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_assessment_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_lead_at", "assessment", ["lead_id", "at"], unique=False)
    op.create_index(op.f("ix_assessment_response_id"), "assessment", ["response_id"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("response_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("plain", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        check_in("kind", ("report", "dossier"), "document"),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_document_response_id")),
        sa.PrimaryKeyConstraint("response_id", "kind", "language", "template_version", name=op.f("pk_document")),
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("seq", Counter, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("response_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("becomes", Json, nullable=False),
        check_in(
            "kind",
            (
                "submitted",
                "assessed",
                "assigned",
                "notified",
                "viewed",
                "contacted",
                "accepted",
                "address_confirmed",
                "confirmed",
                "rejected",
                "reviewed",
                "warned",
                "breached",
                "won",
                "lost",
                "merged",
            ),
            "event",
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_event_lead_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_event_response_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("id", name=op.f("uq_event_id")),
    )
    op.create_index("ix_event_kind_at", "event", ["kind", "at"], unique=False)
    op.create_index("ix_event_lead_seq", "event", ["lead_id", "seq"], unique=False)


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("rep", sa.Text(), nullable=True),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("pool", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_assignment_lead_id")),
        sa.PrimaryKeyConstraint("lead_id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_rep"), "assignment", ["rep"], unique=False)


def _pool_cursor() -> None:
    op.create_table(
        "pool_cursor",
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("credits", Json, nullable=False),
        sa.PrimaryKeyConstraint("pool", name=op.f("pk_pool_cursor")),
    )
