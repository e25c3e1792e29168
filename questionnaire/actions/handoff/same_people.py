"""What pages say of leads that may be, or are, one person."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.actions.assessing.duplicates import duplicates_of
from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.views import Person, SameLead, SamePeople
from questionnaire.core.base.labels import stage_name
from questionnaire.core.base.translation import Translator
from questionnaire.core.handoff.merging import MERGERS
from questionnaire.core.identity.person_match import evidence_name
from questionnaire.storage import Session
from questionnaire.storage.leads import leads, same_person
from questionnaire.storage.leads.leads import SEES_ALL
from questionnaire.storage.tables import LeadRow


def same_people(session: Session, lead: LeadRow, viewer: Person, words: Translator) -> SamePeople:
    """Other people's leads are named only to those who see every lead."""
    sees_all = viewer.role in SEES_ALL
    names = rep_names(session)
    stays = leads.find(session, lead.merged_into) if lead.merged_into and sees_all else None
    maybe = duplicates_of(session, lead) if sees_all and lead.merged_into is None else ()
    return SamePeople(
        maybe=tuple(_line(one.lead, names, words, one.evidence) for one in maybe),
        merged=tuple(_line(row, names, words) for row in same_person.merged_into(session, lead.id)),
        stays=_line(stays, names, words) if stays is not None else None,
        may_merge=viewer.role in MERGERS,
    )


def _line(lead: LeadRow, names: Mapping[str, str], words: Translator, evidence: tuple[str, ...] = ()) -> SameLead:
    return SameLead(
        lead.id,
        lead.name or lead.email,
        lead.company,
        lead.email,
        stage_name(lead.stage, words),
        names.get(lead.owner, lead.owner) if lead.owner else "",
        lead.created_at,
        tuple(evidence_name(one, words) for one in evidence),
    )
