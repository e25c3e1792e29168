"""Leads that may be one person: proposals for somebody to decide on."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.identity.person_match import shared_evidence
from questionnaire.storage import Session
from questionnaire.storage.leads import same_person
from questionnaire.storage.tables import LeadRow


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another lead, and what speaks for one person: some of person_match.EVIDENCE."""

    lead: LeadRow
    evidence: tuple[str, ...]


def duplicates_of(session: Session, lead: LeadRow) -> tuple[Duplicate, ...]:
    """The other leads of what may be the same person, the oldest first."""
    found = (
        Duplicate(other, shared_evidence(lead.contact, other.contact, keys))
        for other, keys in same_person.sharing(session, lead)
    )
    return tuple(one for one in found if one.evidence)


def is_duplicate(session: Session, lead: LeadRow) -> bool:
    """Whether an older lead may be the same person. An older lead is never one itself: what a stranger writes changes
    nothing about it."""
    born = (lead.created_at, lead.id)
    return any((one.lead.created_at, one.lead.id) < born for one in duplicates_of(session, lead))
