"""Leads that may be one person: found by the keys that each has, merged by a pointer, or said to be different."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_
from sqlmodel import Session, col, select

from questionnaire.core.identity.person_match import match_keys
from questionnaire.storage.db.statements import execute_core, insert, insert_or_ignore
from questionnaire.storage.tables import DistinctPairRow, LeadRow, MatchKeyRow

MOST = 40
"""Keys of other leads that are looked at. LinkedIn profiles and names come before telephone numbers, which a whole
company may share."""

_STORED = select(col(MatchKeyRow.lead_id), col(MatchKeyRow.key)).where(
    col(MatchKeyRow.lead_id).in_(bindparam("leads", expanding=True))
)
_SHARED = (
    select(col(MatchKeyRow.lead_id), col(MatchKeyRow.key))
    .where(col(MatchKeyRow.key).in_(bindparam("keys", expanding=True)), col(MatchKeyRow.lead_id) != bindparam("lead"))
    .order_by(col(MatchKeyRow.key), col(MatchKeyRow.lead_id))
    .limit(MOST)
)
_DELETE = delete(MatchKeyRow).where(
    col(MatchKeyRow.lead_id) == bindparam("lead"), col(MatchKeyRow.key).in_(bindparam("keys", expanding=True))
)
_DISTINCT = select(col(DistinctPairRow.lead_id), col(DistinctPairRow.other_id)).where(
    or_(col(DistinctPairRow.lead_id) == bindparam("lead"), col(DistinctPairRow.other_id) == bindparam("lead"))
)


def keys_of(lead: LeadRow) -> frozenset[str]:
    return match_keys(lead.contact, lead.account_domain)


def stored_keys(session: Session, lead_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """Returns lead id -> its keys, for those leads that have any."""
    found: dict[str, set[str]] = {}
    for lead_id, key in execute_core(session, _STORED, {"leads": list(lead_ids)}):
        found.setdefault(lead_id, set()).add(key)
    return {lead_id: frozenset(keys) for lead_id, keys in found.items()}


def write_keys(session: Session, lead: LeadRow, *, is_new: bool = False) -> None:
    """Makes the stored keys those of the lead's contact data."""
    keys, known = keys_of(lead), {} if is_new else stored_keys(session, (lead.id,))
    stored = known.get(lead.id, frozenset())
    if gone := sorted(stored - keys):
        execute_core(session, _DELETE, {"lead": lead.id, "keys": gone})
    insert(session, [MatchKeyRow(key=key, lead_id=lead.id) for key in sorted(keys - stored)])


def sharing(session: Session, lead: LeadRow) -> tuple[tuple[LeadRow, frozenset[str]], ...]:
    """Returns the other leads that have a key of this one, with the keys, the oldest first.

    Without those that were merged, and those of which somebody said that they are another person. `lead` may be one
    that is not stored yet.
    """
    keys = keys_of(lead)
    shared: dict[str, set[str]] = {}
    values: dict[str, Any] = {"keys": sorted(keys), "lead": lead.id}
    for lead_id, key in execute_core(session, _SHARED, values) if keys else ():
        shared.setdefault(lead_id, set()).add(key)
    if not shared:
        return ()
    apart = {one for pair in execute_core(session, _DISTINCT, {"lead": lead.id}) for one in pair}
    query = select(LeadRow).where(col(LeadRow.id).in_(sorted(shared.keys() - apart)))
    rows = session.exec(query.order_by(col(LeadRow.created_at), col(LeadRow.id))).all()
    others = (row for row in rows if row.merged_into is None and row.canonical_email != lead.canonical_email)
    return tuple((row, frozenset(shared[row.id])) for row in others)


def merged_into(session: Session, lead_id: str) -> tuple[LeadRow, ...]:
    """Returns the leads that were merged into this one, the oldest first."""
    query = select(LeadRow).where(col(LeadRow.merged_into) == lead_id, col(LeadRow.merged_into).is_not(None))
    return tuple(session.exec(query.order_by(col(LeadRow.created_at), col(LeadRow.id))).all())


def point(session: Session, rows: Iterable[LeadRow], lead_id: str | None) -> None:
    """Merges locked leads into one, or with None makes each of them one of its own again."""
    for row in rows:
        row.merged_into = lead_id
    session.flush()


def set_apart(session: Session, one: str, other: str, said_by: str, at: datetime) -> None:
    """Stores that two leads are different people. Saying it twice says it once."""
    first, second = sorted((one, other))
    insert_or_ignore(session, DistinctPairRow(lead_id=first, other_id=second, said_by=said_by, said_at=at))
