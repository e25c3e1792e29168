"""The newest effect of each draft of a policy or survey, and the past leads from which it is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import insert_if_absent, lock_row
from questionnaire.storage.tables import LeadRow, PolicyEffectRow, ResponseRow


def find(session: Session, draft_id: str) -> PolicyEffectRow | None:
    return session.get(PolicyEffectRow, draft_id)


def keep(session: Session, draft_id: str, revision: int, at: datetime, content: Mapping[str, Any]) -> None:
    """Stores the effect, unless that of a newer revision is stored."""
    row = PolicyEffectRow(draft_id=draft_id, revision=revision, at=at, content=dict(content))
    if insert_if_absent(session, row, "draft_id"):
        return
    there = lock_row(session, PolicyEffectRow, draft_id)
    if there is not None and there.revision <= revision:
        there.revision, there.at, there.content = revision, at, dict(content)
        session.flush()


def newest_leads(session: Session, since: datetime, limit: int) -> tuple[str, ...]:
    """The ids of leads with a response since then, newest first, read by index."""
    rows = select(col(LeadRow.id)).where(col(LeadRow.newest_at) >= since)
    return tuple(session.exec(rows.order_by(col(LeadRow.newest_at).desc(), col(LeadRow.id).desc()).limit(limit)).all())


def newest_titles(session: Session, since: datetime, limit: int) -> tuple[str, ...]:
    """The job titles of leads with a response since then, newest first."""
    rows = select(col(LeadRow.title)).where(col(LeadRow.newest_at) >= since)
    newest = rows.order_by(col(LeadRow.newest_at).desc(), col(LeadRow.id).desc()).limit(limit)
    return tuple(title for title in session.exec(newest).all() if title)


def responses_of(session: Session, lead_ids: Sequence[str]) -> dict[str, tuple[ResponseRow, ...]]:
    """Lead id -> its responses."""
    found: dict[str, list[ResponseRow]] = {}
    for row in session.exec(select(ResponseRow).where(col(ResponseRow.lead_id).in_(lead_ids))).all():
        found.setdefault(str(row.lead_id), []).append(row)
    return {lead: tuple(rows) for lead, rows in found.items()}


def leads_of(session: Session, lead_ids: Sequence[str]) -> dict[str, LeadRow]:
    """Lead id -> lead, as far as they exist."""
    if not lead_ids:
        return {}
    return {row.id: row for row in session.exec(select(LeadRow).where(col(LeadRow.id).in_(lead_ids))).all()}
