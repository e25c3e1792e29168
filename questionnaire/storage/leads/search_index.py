"""The index of the search box: FTS5 on SQLite, a GIN index of a tsvector on PostgreSQL. No extension is needed.

A lead has search terms: each word of its name, company, title, email address and domain, in lower case without accents,
and a tag for each of owner, stage and label, so that the index itself finds what a rep may see. Both databases get the
same terms of the letters a to z and digits; a word with others is written in hexadecimal, which keeps its prefixes.
Their own ways of splitting words are not used, because they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, text
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col

from questionnaire.storage.db.statements import connection, execute_core, is_postgres
from questionnaire.storage.leads.sort_keys import folded
from questionnaire.storage.tables import LeadRow, LeadTextRow

MOST_MATCHES = 1000
"""A search looks at this many leads at most: whoever finds more adds a word."""
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
_MATCHES_SQLITE = """
SELECT lead_text.lead_id FROM lead_search JOIN lead_text ON lead_text.number = lead_search.rowid
WHERE lead_search MATCH :terms ORDER BY lead_search.rowid DESC LIMIT :most
"""
_MATCHES_POSTGRES = """
SELECT lead_id FROM lead_text WHERE array_to_tsvector(string_to_array(terms, ' ')) @@ CAST(:terms AS tsquery)
LIMIT :most
"""


def words(*texts: str) -> list[str]:
    """Returns the words as they are in the index, without repetition, in their order."""
    return list(dict.fromkeys(_plain(word) for word in _WORD.findall(folded(*texts))))


def _plain(word: str) -> str:
    return word if word.isascii() else "0x" + word.encode().hex()


def tag(kind: str, value: str) -> str:
    """Returns the term of a filter: `kind` is owner, stage or label."""
    return f"0{kind[0]}{value.encode().hex()}"


def terms_of(lead: LeadRow) -> str:
    filters = (("owner", lead.owner), ("stage", lead.stage), ("label", lead.label))
    found = words(lead.name, lead.company, lead.title, lead.email, lead.account_domain or "")
    return " ".join([*found, *(tag(kind, value) for kind, value in filters if value)])


def write(session: Session, terms: Iterable[tuple[str, str]]) -> None:
    """Stores the terms of leads: (lead id, terms)."""
    values = [{"lead_id": lead_id, "terms": of_lead} for lead_id, of_lead in terms]
    if values:
        connection(session).execute(_write_statement(is_postgres(session)), values)


@lru_cache(maxsize=2)
def _write_statement(postgres: bool) -> Any:
    if postgres:
        # Imported here, because the dialect costs a web process on SQLite 50 ms for nothing.
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    statement = insert(LeadTextRow)
    return statement.on_conflict_do_update(index_elements=["lead_id"], set_={"terms": statement.excluded.terms})


def query(session: Session, search: str, tags: Iterable[str]) -> str:
    """Returns the search as the database's index reads it: every word begins a word of the lead. "" for no word."""
    begins = words(search)[:MOST_WORDS]
    if not begins:
        return ""
    if is_postgres(session):
        return " & ".join([*(f"'{word}':*" for word in begins), *(f"'{name}'" for name in tags)])
    return " AND ".join([*(f'"{word}"*' for word in begins), *(f'"{name}"' for name in tags)])


def matches(session: Session) -> Any:
    """Returns a SELECT of the ids of leads that match `:terms`, at most `:most`."""
    statement = text(_MATCHES_POSTGRES if is_postgres(session) else _MATCHES_SQLITE)
    found = statement.columns(lead_id=Text).subquery("matches")
    return sqlalchemy_select(found.c.lead_id)


def stored_terms(session: Session, lead_ids: list[str]) -> dict[str, str]:
    """Returns lead id -> terms."""
    return dict(execute_core(session, _STORED, {"ids": lead_ids}).all())


_STORED = sqlalchemy_select(col(LeadTextRow.lead_id), col(LeadTextRow.terms)).where(
    col(LeadTextRow.lead_id).in_(bindparam("ids", expanding=True))
)
