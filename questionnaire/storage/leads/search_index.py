"""The index of the search box: FTS5 on SQLite, a GIN index of a tsvector on PostgreSQL. No extension is needed.

A lead has search terms: each word of its name, company, title, email address and domain, in lower case without accents,
and a tag for each of owner, stage and label, so that the index itself finds what a rep may see. The databases' own ways
of splitting a text into words are not used, because they differ.

Both have an index of the first 1 to 8 letters of each word, so that the beginning of a word is looked up like a word:
its cost does not grow with the number of leads that have it. What follows the eighth letter is compared with the terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, text
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col

from questionnaire.storage.db.statements import connection, execute_core, is_postgres
from questionnaire.storage.leads.sort_keys import folded
from questionnaire.storage.tables import LeadRow, LeadTextRow

MOST_MATCHES = 500
"""A search looks at this many leads at most: whoever finds more adds a word."""
MOST_WORDS = 8
INDEXED_LETTERS = 8
_WORD = re.compile(r"[^\W_]+")
_TOP_LEVEL = re.compile(r"\S\.(\w+)(?!\S)")
_MATCHES_SQLITE = """
SELECT lead_text.lead_id FROM lead_search JOIN lead_text ON lead_text.number = lead_search.rowid
WHERE lead_search MATCH :terms{rest} ORDER BY lead_search.rowid DESC LIMIT :most
"""
_MATCHES_POSTGRES = """
SELECT lead_id FROM lead_text WHERE parts @@ CAST(:terms AS tsquery){rest} LIMIT :most
"""
_REST_SQLITE = " AND instr(' ' || lead_text.terms, :{name}) > 0"
_REST_POSTGRES = " AND strpos(' ' || terms, :{name}) > 0"


def words(*texts: str) -> list[str]:
    """Returns the words as they are in the index, without repetition, in their order."""
    return list(dict.fromkeys(_WORD.findall(folded(*texts))))


def tag(kind: str, value: str) -> str:
    """Returns the term of a filter: `kind` is owner, stage or label. No word begins with its first character."""
    return f"·{kind[0]}{value.encode().hex()}"


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
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # same interface
    statement = insert(LeadTextRow)
    return statement.on_conflict_do_update(index_elements=["lead_id"], set_={"terms": statement.excluded.terms})


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search as the database's index reads it: a SELECT of lead ids, and its values without `most`, their number."""

    matches: Any
    values: Mapping[str, str]


def search(session: Session, typed: str, tags: Iterable[str]) -> SearchQuery | None:
    """Returns the search for leads that have, for every word typed, a word that begins with it; None without a word."""
    begins = words(typed)[:MOST_WORDS]
    if not begins:
        return None
    # Most leads have the same few top-level domains: looking them up is slow, and finds nothing that the rest does not.
    common = {part for part in words(*_TOP_LEVEL.findall(typed)) if part in begins[1:]}
    heads = [word[:INDEXED_LETTERS] for word in begins if word not in common]
    long = [word for word in begins if len(word) > INDEXED_LETTERS or word in common]
    rest = {f"rest{number}": f" {word}" for number, word in enumerate(long)}
    if is_postgres(session):
        terms = " & ".join(f"'{term}'" for term in (*heads, *tags))
    else:
        terms = " AND ".join([*(f'"{head}"*' for head in heads), *(f'"{tag}"' for tag in tags)])
    return SearchQuery(_matches(is_postgres(session), tuple(rest)), {"terms": terms, **rest})


@lru_cache(maxsize=32)
def _matches(postgres: bool, long: tuple[str, ...]) -> Any:
    statement, rest = (_MATCHES_POSTGRES, _REST_POSTGRES) if postgres else (_MATCHES_SQLITE, _REST_SQLITE)
    words = text(statement.format(rest="".join(rest.format(name=name) for name in long)))
    found = words.columns(lead_id=Text).subquery("matches")
    return sqlalchemy_select(found.c.lead_id)


def stored_terms(session: Session, lead_ids: list[str]) -> dict[str, str]:
    """Returns lead id -> terms."""
    return dict(execute_core(session, _STORED, {"ids": lead_ids}).all())


_STORED = sqlalchemy_select(col(LeadTextRow.lead_id), col(LeadTextRow.terms)).where(
    col(LeadTextRow.lead_id).in_(bindparam("ids", expanding=True))
)
