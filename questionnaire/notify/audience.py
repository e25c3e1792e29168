"""Whom each kind of notification is for. A kind that is not declared here cannot be sent.

A mail to a prospect is either requested (it answers something the person just did, and goes out whatever they said
before) or not. One that is not requested carries a link and the headers with which its reader unsubscribes (RFC 2369,
RFC 8058), and does not leave for a mailbox in the suppression list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Audience(StrEnum):
    """`STAFF`: transactional mail to people who sign in."""

    STAFF = "staff"
    REQUESTED = "requested"
    UNREQUESTED = "unrequested"


AUDIENCES: Mapping[str, Audience] = {
    # The result of a diagnostic, to the address that was entered for it.
    "report_ready": Audience.REQUESTED,
    # The way back to unfinished answers, for which somebody pressed a button.
    "resume_link": Audience.REQUESTED,
    "invitation": Audience.STAFF,
    "password_link": Audience.STAFF,
    "sign_in_code": Audience.STAFF,
    "test_email": Audience.STAFF,
    "lead_assigned": Audience.STAFF,
    "lead_in_queue": Audience.STAFF,
    "new_answers": Audience.STAFF,
    "review_waiting": Audience.STAFF,
    "sla_warning": Audience.STAFF,
    "sla_breached": Audience.STAFF,
    "lead_moved": Audience.STAFF,
    "review_overdue": Audience.STAFF,
    "feedback_due": Audience.STAFF,
    "lead_rejected": Audience.STAFF,
    "lead_diverted": Audience.STAFF,
    "owner_requested": Audience.STAFF,
    "publication_failed": Audience.STAFF,
    "signature_due": Audience.STAFF,
    "digest": Audience.STAFF,
    "webhook_event": Audience.STAFF,
    "channel_off": Audience.STAFF,
    "slack_test": Audience.STAFF,
}


class UndeclaredKind(LookupError):
    """A kind of notification that does not say whom it is for; a mistake in the code."""


def audience_of(kind: str) -> Audience:
    """Raises UndeclaredKind."""
    try:
        return AUDIENCES[kind]
    except KeyError:
        raise UndeclaredKind(f"`{kind}` has no line in AUDIENCES, questionnaire/notify/audience.py") from None


def is_to_prospects(kind: str) -> bool:
    return audience_of(kind) is not Audience.STAFF


def undeclared(kinds: Iterable[str]) -> list[str]:
    """Those of these kinds that say nothing."""
    return sorted(set(kinds) - set(AUDIENCES))
