"""Rows for tests, complete enough for every constraint; say only what the test is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from questionnaire.storage.leads import leads
from questionnaire.storage.publishing import publications
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import DeliveryRow, LeadRow, ResponseRow, StaffRow

FRIDAY = datetime(2026, 10, 2, 15, 30, tzinfo=UTC)


def lead(name: str = "anna", **more: Any) -> LeadRow:
    values: dict[str, Any] = {
        "id": f"lead-{name}",
        "canonical_email": f"{name}@nordwind.example",
        "email": f"{name}@nordwind.example",
        "account_domain": "nordwind.example",
        "name": name.title(),
        "company": "Nordwind",
        "created_at": FRIDAY,
        "newest_at": FRIDAY,
    }
    return LeadRow(**{**values, **more})


def add_lead(session: Session, name: str = "anna", **more: Any) -> LeadRow:
    return leads.find_or_add(session, lead(name, **more))[0]


def published(session: Session) -> None:
    """The survey and the policy every test response is pinned to."""
    publications.publish(session, "survey", "alignment", 3, {"id": "alignment"}, FRIDAY)
    publications.publish(session, "policy", "default", 4, {"id": "default"}, FRIDAY)


def response(name: str = "r1", lead_id: str | None = None, **more: Any) -> ResponseRow:
    values: dict[str, Any] = {
        "id": name,
        "survey_id": "alignment",
        "survey_version": 3,
        "policy_id": "default",
        "policy_version": 4,
        "lead_id": lead_id,
        "at": FRIDAY,
        "language": "en",
        "key": f"key-{name}",
        "body_hash": f"hash-{name}",
    }
    return ResponseRow(**{**values, **more})


def add_response(session: Session, name: str = "r1", lead_id: str | None = None, **more: Any) -> ResponseRow:
    published(session)
    kept = responses.keep(session, response(name, lead_id, **more))
    assert isinstance(kept, responses.StoredResponse)
    return kept.response


def delivery(name: str = "m1", **more: Any) -> DeliveryRow:
    """A mail in the outbox; its job is another row."""
    values: dict[str, Any] = {
        "id": name,
        "kind": "report_ready",
        "channel": "mail",
        "destination": "mail.example:25",
        "recipient": "anna@nordwind.example",
        "payload": {
            "subject": "Your report",
            "text": "Here it is.",
            "html": "<p>Here it is.</p>",
            "headers": {},
            "reply_to": "",
        },
        "message_id": f"<{name}@questionnaire.example>",
        "job_key": f"deliver:{name}",
        "created_at": FRIDAY,
    }
    return DeliveryRow(**{**values, **more})


def staff(name: str = "lena", **more: Any) -> StaffRow:
    values: dict[str, Any] = {
        "id": f"staff-{name}",
        "email": f"{name}@nordlicht.example",
        "name": name.title(),
        "role": "rep",
        "rep": name,
        "created_at": FRIDAY,
    }
    return StaffRow(**{**values, **more})
