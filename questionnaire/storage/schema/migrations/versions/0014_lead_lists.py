"""What lists of leads need is kept with the leads: counts, sort keys, search terms and an index for each order.

The sort keys and search terms are computed here as the product computed them at this version; if a later one changes
them, its own step stores them again. Leads are read and written in batches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from questionnaire.storage.db.column_types import BinaryText, Counter, UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BATCH = 5000
LEAD = sa.table(
    "lead",
    *(sa.column(name, sa.Text()) for name in ("id", "name", "company", "title", "email", "account_domain")),
    *(sa.column(name, sa.Text()) for name in ("owner", "stage", "label")),
    sa.column("call_by", UTCDateTime()),
    sa.column("newest_at", UTCDateTime()),
)
FILTERS: tuple[tuple[str, ...], ...] = (
    (), ("owner",), ("stage",), ("label",), ("owner", "stage"), ("owner", "label"), ("stage", "label"),
)  # fmt: skip
FTS5 = """
CREATE VIRTUAL TABLE lead_search USING fts5(terms, content='lead_text', content_rowid='number', detail='none',
    columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii')
"""
# Each term, and its first 1 to 8 letters.
TERMS = """
CREATE FUNCTION lead_search_terms(terms text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_agg(DISTINCT part)) FROM (
        SELECT unnest(string_to_array(terms, ' ')) AS part
        UNION ALL
        SELECT left(term, letters) FROM unnest(string_to_array(terms, ' ')) AS term, generate_series(1, 8) AS letters
    ) AS parts WHERE part <> ''
$$
"""
# Rows of the index are not updated: the old row is removed with its old text, the new one is added.
REMOVE = "INSERT INTO lead_search (lead_search, rowid, terms) VALUES ('delete', old.number, old.terms);"
ADD = "INSERT INTO lead_search (rowid, terms) VALUES (new.number, new.terms);"


def upgrade() -> None:
    _tables()
    _sort_keys_and_terms()
    op.execute(
        "INSERT INTO lead_count (owner, stage, label, count) "
        "SELECT COALESCE(owner, ''), stage, COALESCE(label, ''), count(*) FROM lead "
        "GROUP BY COALESCE(owner, ''), stage, COALESCE(label, '')"
    )
    for index in ("stage_newest", "owner_call_by", "label", "call_by", "newest", "domain"):
        op.drop_index(f"ix_lead_{index}", "lead")
    op.drop_column("lead", "search")
    _indexes()
    _search_index()


def _tables() -> None:
    op.create_table(
        "lead_count",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "stage", "label", name=op.f("pk_lead_count")),
    )
    op.create_table(
        "lead_text",
        sa.Column("number", Counter, nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_text_lead_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lead_text")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_lead_text_lead_id")),
    )
    op.add_column("lead", sa.Column("company_sort", BinaryText, nullable=False, server_default=""))
    op.add_column("lead", sa.Column("urgency", sa.BigInteger(), nullable=False, server_default="0"))


def _sort_keys_and_terms() -> None:
    connection = op.get_bind()
    keys = sa.text("UPDATE lead SET company_sort = :company_sort, urgency = :urgency WHERE id = :id")
    terms = sa.text("INSERT INTO lead_text (lead_id, terms) VALUES (:id, :terms)")
    for rows in _batches(connection):
        values = [_values(row) for row in rows]
        connection.execute(keys, values)
        connection.execute(terms, values)


def _batches(connection: sa.Connection) -> Iterator[Sequence[Any]]:
    after = ""
    query = sa.select(LEAD).where(LEAD.c.id > sa.bindparam("after")).order_by(LEAD.c.id).limit(BATCH)
    while rows := connection.execute(query, {"after": after}).all():
        yield rows
        after = rows[-1].id


def _values(row: Any) -> dict[str, Any]:
    texts = (row.name, row.company, row.title, row.email, row.account_domain or "")
    found = re.findall(r"[^\W_]+", _fold(texts))
    tags = (("·o", row.owner), ("·s", row.stage), ("·l", row.label))
    found += [kind + value.encode().hex() for kind, value in tags if value]
    newest = _microseconds(row.newest_at)
    return {
        "id": row.id,
        "company_sort": _fold((row.company,)) or "\U0010ffff",
        "urgency": _microseconds(row.call_by) if row.call_by is not None else 8_000_000_000_000_000 - newest,
        "terms": " ".join(dict.fromkeys(found)),
    }


def _fold(texts: Sequence[str]) -> str:
    small = " ".join(texts).casefold()
    plain = "".join(char for char in unicodedata.normalize("NFKD", small) if not unicodedata.combining(char))
    return " ".join(plain.split())


def _microseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _indexes() -> None:
    for order in ("newest", "urgency"):
        key = "newest_at" if order == "newest" else order
        for by in FILTERS:
            op.create_index(f"ix_lead_{'_'.join((*by, order))}", "lead", [*by, key, "id"])
    op.create_index("ix_lead_company", "lead", ["company_sort", "id"])
    op.create_index("ix_lead_owner_company", "lead", ["owner", "company_sort", "id"])
    op.create_index("ix_lead_domain_stage", "lead", ["account_domain", "stage"])
    owned = sa.text("owner IS NOT NULL")
    op.create_index(
        "ix_lead_domain_owned", "lead", ["account_domain", "created_at"], sqlite_where=owned, postgresql_where=owned
    )


def _search_index() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(TERMS)
        # Stored, so that a search for what most leads have can read the table and stop early.
        op.execute(
            "ALTER TABLE lead_text ADD COLUMN parts tsvector GENERATED ALWAYS AS (lead_search_terms(terms)) STORED"
        )
        # Without a list of pending entries, which every search would have to read.
        op.execute("CREATE INDEX ix_lead_text_parts ON lead_text USING gin (parts) WITH (fastupdate = off)")
        return
    op.execute(FTS5)
    op.execute("INSERT INTO lead_search (lead_search) VALUES ('rebuild')")
    op.execute(f"CREATE TRIGGER lead_text_added AFTER INSERT ON lead_text BEGIN {ADD} END")
    op.execute(f"CREATE TRIGGER lead_text_removed AFTER DELETE ON lead_text BEGIN {REMOVE} END")
    op.execute(f"CREATE TRIGGER lead_text_changed AFTER UPDATE ON lead_text BEGIN {REMOVE} {ADD} END")
