"""Pages of a form without JavaScript are GETs of a stored state; one consent per text and response.

Two consents of one name were recorded with one answer: if that box was ticked, no one can say which text it stood
beside. The second row gets a name of its own, and such a "yes" counts for neither text.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Json, UTCDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_state",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Text(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_state")),
    )
    op.create_index(op.f("ix_form_state_expires_at"), "form_state", ["expires_at"], unique=False)
    _separate_consents()
    with op.batch_alter_table("consent") as consent:
        consent.create_unique_constraint(op.f("uq_consent_response_id_name"), ["response_id", "name"])


def _separate_consents() -> None:
    consent = sa.table(
        "consent", *(sa.column(name) for name in ("id", "response_id", "name", "basis", "granted", "method"))
    )
    same_name = (
        sa.select(consent.c.response_id, consent.c.name)
        .group_by(consent.c.response_id, consent.c.name)
        .having(sa.func.count() > 1)
    )
    connection = op.get_bind()
    for response_id, name in connection.execute(same_name).all():
        of_name = sa.and_(consent.c.response_id == response_id, consent.c.name == name)
        ids = connection.execute(sa.select(consent.c.id).where(of_name).order_by(consent.c.id)).scalars().all()
        ticked = sa.and_(of_name, consent.c.basis == "consent", consent.c.method == "ticked")
        connection.execute(consent.update().where(ticked).values(granted=sa.false(), method="unclear"))
        for number, consent_id in enumerate(ids[1:], start=2):
            connection.execute(consent.update().where(consent.c.id == consent_id).values(name=f"{name}-{number}"))
