"""The endpoints of webhooks."""

from __future__ import annotations

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert_if_absent, lock_row
from questionnaire.storage.tables import DeliveryRow, JobRow, WebhookEndpointRow

ON, OFF = "on", "off"
_ANY_ON = select(col(WebhookEndpointRow.id)).where(col(WebhookEndpointRow.state) == ON).limit(1)


def all_endpoints(session: Session) -> tuple[WebhookEndpointRow, ...]:
    """All of them, the oldest first: a company has a handful."""
    rows = select(WebhookEndpointRow).order_by(col(WebhookEndpointRow.created_at), col(WebhookEndpointRow.id))
    return tuple(session.exec(rows).all())


def is_any_on(session: Session) -> bool:
    return execute_core(session, _ANY_ON).first() is not None


def get(session: Session, endpoint_id: str) -> WebhookEndpointRow | None:
    return session.get(WebhookEndpointRow, endpoint_id)


def lock(session: Session, endpoint_id: str) -> WebhookEndpointRow | None:
    """The row as it is now; nobody else changes it until the transaction ends."""
    return lock_row(session, WebhookEndpointRow, endpoint_id)


def add(session: Session, endpoint: WebhookEndpointRow) -> bool:
    """False when there is one with this id."""
    return insert_if_absent(session, endpoint, "id")


def delete(session: Session, endpoint_id: str) -> bool:
    """What waits for it is given up at its next attempt."""
    row = lock(session, endpoint_id)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def newest_deliveries(session: Session, endpoint_id: str, limit: int) -> tuple[tuple[DeliveryRow, JobRow | None], ...]:
    """What was written for an endpoint, the newest first, each with its job, which is None once it is gone."""
    rows = select(DeliveryRow, JobRow).outerjoin(JobRow, col(JobRow.key) == col(DeliveryRow.job_key))
    rows = rows.where(col(DeliveryRow.channel) == "webhook", col(DeliveryRow.recipient) == endpoint_id)
    return tuple(session.exec(rows.order_by(col(DeliveryRow.created_at).desc()).limit(limit)).all())
