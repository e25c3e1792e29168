"""Leads of one person: what they have in common, which is merged into which, and which are different people. And an
index of the leads for which the calendar brings something.

The keys are computed here as the product computed them at this version; if a later one changes them, its own step
stores them again. Leads are read in batches.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import Json, UTCDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BATCH = 5000
LEAD = sa.table("lead", sa.column("id", sa.Text()), sa.column("contact", Json), sa.column("account_domain", sa.Text()))
PROFILE = re.compile(r"linkedin\.[a-z.]+/(?:[a-z]{2}/)?in/([^/?#\s]+)", re.IGNORECASE)


def upgrade() -> None:
    # As text, for alembic adds no foreign key with a column on SQLite.
    op.execute("ALTER TABLE lead ADD COLUMN merged_into TEXT CONSTRAINT fk_lead_merged_into REFERENCES lead (id)")
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index("ix_lead_merged_into", "lead", ["merged_into"], sqlite_where=merged, postgresql_where=merged)
    waits = sa.text("next_what IS NOT NULL")
    op.create_index("ix_lead_next", "lead", ["next_what", "next_at", "id"], sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "match_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_match_key_lead_id")),
        sa.PrimaryKeyConstraint("key", "lead_id", name=op.f("pk_match_key")),
    )
    op.create_table(
        "distinct_pair",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("lead_id", "other_id", "said_by")),
        sa.Column("said_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_distinct_pair_lead_id")),
        sa.ForeignKeyConstraint(["other_id"], ["lead.id"], name=op.f("fk_distinct_pair_other_id")),
        sa.PrimaryKeyConstraint("lead_id", "other_id", name=op.f("pk_distinct_pair")),
    )
    _keys()
    op.create_index("ix_match_key_lead_id", "match_key", ["lead_id"])


def _keys() -> None:
    connection = op.get_bind()
    insert = sa.text("INSERT INTO match_key (key, lead_id) VALUES (:key, :lead_id)")
    query = sa.select(LEAD).where(LEAD.c.id > sa.bindparam("after")).order_by(LEAD.c.id).limit(BATCH)
    after = ""
    while rows := connection.execute(query, {"after": after}).all():
        after = rows[-1].id
        values = [{"key": key, "lead_id": row.id} for row in rows for key in sorted(set(_keys_of(row)))]
        if values:
            connection.execute(insert, values)


def _keys_of(row: Any) -> Iterator[str]:
    contact = json.loads(row.contact) if isinstance(row.contact, str) else row.contact
    number, extension = str(contact.get("phone") or ""), str(contact.get("phone_extension") or "")
    if number.startswith("+"):
        yield f"phone:{number};ext={extension}" if extension else f"phone:{number}"
    if profile := PROFILE.search(str(contact.get("linkedin") or "")):
        yield f"linkedin:{_plain(profile[1])}"
    parts = [_plain(str(contact.get(part) or "")) for part in ("first_name", "last_name")]
    company = _plain(str(contact.get("company") or ""))
    if all(parts):
        yield from (f"name:{' '.join(parts)}@{where}" for where in (row.account_domain, company) if where)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", "".join(one for one in letters if not unicodedata.combining(one))).split())
