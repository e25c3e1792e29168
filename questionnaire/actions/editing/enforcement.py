"""A signed draft of a policy becomes its next version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from questionnaire.actions.editing.publish_draft import next_document
from questionnaire.actions.people import staff
from questionnaire.actions.publishing.publish_version import add_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core import policy as policies
from questionnaire.core.base.translation import STAFF_LANGUAGES
from questionnaire.core.editing.same import replacing
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts, publications, signatures
from questionnaire.storage.publishing.drafts import DraftRevision
from questionnaire.storage.publishing.publications import PublicationNote
from questionnaire.storage.tables import DraftRow, PolicySignatureRow
from questionnaire.storage.tables.agreements import SIDES

HEADS = {"marketing": "head_of_marketing", "sales": "head_of_sales"}
"""Side -> role of its signature in the policy."""
PRINT_JOB = "print_agreement"


def enforce(
    toolbox: Toolbox, session: Session, row: DraftRow, signed: Mapping[str, PolicySignatureRow], now: datetime
) -> int:
    """Publishes the locked draft as the next version, with the names of those who signed it (by side)."""
    version = (publications.newest_version(session, "policy", row.name) or 0) + 1
    zone = zone_of(row.content)
    document = next_document(row.content, version) | {
        "id": row.name,
        "signed_by": [
            {
                "role": HEADS[side],
                "name": signed[side].name,
                "date": signed[side].at.astimezone(zone).date().isoformat(),
            }
            for side in SIDES
        ],
    }
    proposal = signatures.proposal(session, row.id)
    note = PublicationNote(row.changed_by, proposal.note if proposal is not None else "")
    add_version(toolbox, session, "policy", row.name, version, document, now, note)
    policy, _problems = policies.read(document)
    if policy is not None:
        staff.seed(toolbox, session, policy, now)
    signatures.forget_proposal(session, row.id)
    for language in STAFF_LANGUAGES:
        args = {"policy": row.name, "version": version, "language": language}
        toolbox.queue.enqueue(session, PRINT_JOB, f"{PRINT_JOB}:{row.name}:{version}:{language}", args)
    change = [one.as_json for one in replacing(row.content, document)]
    inverse = [one.as_json for one in replacing(document, row.content)]
    by = row.changed_by
    drafts.append(session, row, DraftRevision(document, change, inverse, "", now))
    row.changed_by, row.based_on = by, version
    return version


def zone_of(document: Mapping[str, Any]) -> ZoneInfo:
    """The zone of the policy’s days; UTC for a draft whose zone can’t be read."""
    try:
        return ZoneInfo(str(document.get("timezone") or "UTC"))
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
