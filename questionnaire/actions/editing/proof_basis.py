"""What the search of a draft rests on besides the draft: the versions in force of the other side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from questionnaire.actions.editing.drafts import Draft
from questionnaire.storage import Session
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import DraftProofRow, PublicationRow

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ProofBasis:
    """The policy of a survey, or the surveys of a policy, as (name, version); `since` is when the newest came."""

    versions: tuple[tuple[str, int], ...]
    since: datetime


def proof_basis(session: Session, draft: Draft) -> ProofBasis:
    rows = surveys_of(session, draft.name) if draft.kind == "policy" else _policy_of(session, draft)
    since = max((row.published_at for row in rows), default=LONG_AGO)
    return ProofBasis(tuple(sorted((row.id, row.version) for row in rows)), since)


def surveys_of(session: Session, policy: str) -> tuple[PublicationRow, ...]:
    """The surveys in force that a policy judges."""
    return tuple(row for row in publications.newest_of_all(session, "survey") if row.content.get("policy") == policy)


def _policy_of(session: Session, draft: Draft) -> tuple[PublicationRow, ...]:
    row = publications.find(session, "policy", str(draft.document.get("policy") or ""))
    return () if row is None else (row,)


def is_of_now(session: Session, draft: Draft, row: DraftProofRow | None) -> bool:
    """Whether a stored search is of this very revision under what is in force now."""
    return row is not None and row.revision == draft.revision and row.at >= proof_basis(session, draft).since
