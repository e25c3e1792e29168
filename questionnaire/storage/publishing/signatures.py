"""What heads propose and sign: the day from which a draft is to be in force, and their signatures, only appended."""

from __future__ import annotations

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import insert_if_absent, insert_or_ignore, lock_row
from questionnaire.storage.tables import PolicyProposalRow, PolicySignatureRow


def propose(session: Session, row: PolicyProposalRow) -> None:
    """Stores or replaces the proposal of a draft."""
    if insert_if_absent(session, row, "draft_id"):
        return
    there = lock_row(session, PolicyProposalRow, row.draft_id)
    if there is not None:
        there.effective_on, there.note, there.at, there.by = row.effective_on, row.note, row.at, row.by
        there.revision, there.sha256 = row.revision, row.sha256
        session.flush()


def proposal(session: Session, draft_id: str) -> PolicyProposalRow | None:
    return session.get(PolicyProposalRow, draft_id)


def sign(session: Session, row: PolicySignatureRow) -> bool:
    """False when this side signed the very same before."""
    return insert_or_ignore(session, row, ("draft_id", "revision", "sha256", "side"))


def of_draft(session: Session, draft_id: str, limit: int = 20) -> tuple[PolicySignatureRow, ...]:
    """The signatures of a draft, newest first."""
    rows = select(PolicySignatureRow).where(col(PolicySignatureRow.draft_id) == draft_id)
    return tuple(session.exec(rows.order_by(col(PolicySignatureRow.at).desc()).limit(limit)).all())


def forget_proposal(session: Session, draft_id: str) -> None:
    row = session.get(PolicyProposalRow, draft_id)
    if row is not None:
        session.delete(row)
        session.flush()
