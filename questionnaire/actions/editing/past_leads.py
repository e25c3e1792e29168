"""Past leads as they were when their newest response came: what an effect preview judges again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from questionnaire.actions.assessing.history import history_of, in_order_of_arrival
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.scoring.confirmation import ResponseClaim, counting_ids
from questionnaire.core.scoring.evidence import History
from questionnaire.storage import Session
from questionnaire.storage.publishing import policy_effects
from questionnaire.storage.tables import LeadRow, ResponseRow

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class PastLead:
    """`responses`: those that count, oldest first. `history`: as if nobody had worked on the lead."""

    id: str
    responses: tuple[ResponseRow, ...]
    history: History


def past_leads(toolbox: Toolbox, ids: Sequence[str]) -> Iterator[tuple[Session, PastLead]]:
    """In this order, read in batches; each with the session in which its rows live. Merged leads are left out."""
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        with toolbox.database.reading() as session:
            rows = policy_effects.responses_of(session, batch)
            for lead_id in batch:
                lead = session.get(LeadRow, lead_id)
                found = _past_lead(session, lead, rows.get(lead_id, ())) if lead is not None else None
                if found is not None:
                    yield session, found


def _past_lead(session: Session, lead: LeadRow, rows: Sequence[ResponseRow]) -> PastLead | None:
    ordered = in_order_of_arrival(rows)
    counting = counting_ids([ResponseClaim(row.id, row.confirmed_at is not None) for row in ordered])
    counts = sorted((row for row in ordered if row.id in counting and row.ending is None),
                    key=lambda row: (row.at, row.id))  # fmt: skip
    if not counts or lead.merged_into is not None:
        return None
    history = history_of(session, lead)
    if history.not_now_on is not None and history.not_now_on > counts[-1].at.date():
        history = replace(history, not_now_on=None)
    return PastLead(lead.id, tuple(counts), replace(history, stage="lead", owner=None))
