"""Signals that a person wants to hear less: they unsubscribed, or their mailbox does not exist."""

from __future__ import annotations

from questionnaire.core.delivery.suppression import SIGNALS, SuppressionReason, mailbox_hash
from questionnaire.core.scoring.evidence import Signal
from questionnaire.storage import Session
from questionnaire.storage.delivery import suppressions
from questionnaire.storage.leads import same_person
from questionnaire.storage.tables import LeadRow


def disengagement_of(session: Session, lead: LeadRow) -> tuple[Signal, ...]:
    """Returns the signals from the suppression list, by time. `lead` may be one that is not stored yet.

    A wish counts for the person, whichever of their addresses it named. A mailbox that is gone says something only
    while its address is the one the lead is written to.
    """
    own = mailbox_hash(lead.canonical_email)
    others = {mailbox_hash(other.canonical_email) for other in same_person.merged_into(session, lead.id)}
    found = suppressions.find_all(session, sorted({own, *others}))
    counting = (row for row in found if row.reason != SuppressionReason.BOUNCED or row.mailbox_hash == own)
    signals = (Signal(SIGNALS[SuppressionReason(row.reason)], row.at) for row in counting)
    return tuple(sorted(signals, key=lambda signal: (signal.at, signal.name)))
