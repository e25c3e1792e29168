"""What lists keep of a lead besides its own row: its place in the counts, and its search terms.

Call `note_change` before the first change of a lead's row. What it became is written once, right before the commit, so
that ten changes in one transaction cost one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import last_step
from questionnaire.storage.leads import facet_counts, same_person, search_index
from questionnaire.storage.leads.facet_counts import Cell
from questionnaire.storage.leads.sort_keys import company_sort, urgency
from questionnaire.storage.tables import LeadRow


@dataclass(slots=True)
class _ListChanges:
    """Lead id -> the row, and its cell and search terms before; None for a new lead."""

    leads: dict[str, tuple[LeadRow, tuple[Cell, str] | None]] = field(default_factory=dict)

    def write(self, session: Session) -> None:
        cells: list[tuple[Cell | None, Cell]] = []
        terms: list[tuple[str, str]] = []
        for lead, before in self.leads.values():
            cell_before, terms_before = before or (None, "")
            cells.append((cell_before, facet_counts.cell_of(lead)))
            if (terms_now := search_index.terms_of(lead)) != terms_before:
                terms.append((lead.id, terms_now))
        search_index.write(session, sorted(terms))
        facet_counts.add(session, facet_counts.changes_of(cells))


def note_change(session: Session, lead: LeadRow, *, is_new: bool = False) -> None:
    """Records what the lists have of the lead now, unless this transaction did so before."""
    changes = last_step(session, _ListChanges)
    if lead.id not in changes.leads:
        before = None if is_new else (facet_counts.cell_of(lead), search_index.terms_of(lead))
        changes.leads[lead.id] = (lead, before)


def differences(session: Session, ids: Sequence[str]) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Returns lead id -> column -> (stored, expected) for the leads whose sort keys, search terms or match keys are
    wrong."""
    terms = search_index.stored_terms(session, list(ids))
    keys = same_person.stored_keys(session, ids)
    wrong: dict[str, dict[str, tuple[Any, Any]]] = {}
    for lead in session.exec(select(LeadRow).where(col(LeadRow.id).in_(ids)).order_by(col(LeadRow.id))):
        pairs = {name: (getattr(lead, name), value) for name, value in sort_keys(lead).items()}
        pairs["terms"] = (terms.get(lead.id), search_index.terms_of(lead))
        pairs["match_keys"] = (keys.get(lead.id, frozenset()), same_person.keys_of(lead))
        if differing := {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}:
            wrong[lead.id] = differing
    return wrong


def rebuild(session: Session, lead: LeadRow) -> dict[str, tuple[Any, Any]]:
    """Corrects the sort keys, search terms and match keys of a locked lead, and returns what differed."""
    wrong = differences(session, (lead.id,)).get(lead.id, {})
    for name in wrong.keys() - {"terms", "match_keys"}:
        setattr(lead, name, wrong[name][1])
    session.flush()
    if "terms" in wrong:
        search_index.write(session, [(lead.id, search_index.terms_of(lead))])
    if "match_keys" in wrong:
        same_person.write_keys(session, lead)
    return wrong


def sort_keys(lead: LeadRow) -> dict[str, Any]:
    return {"company_sort": company_sort(lead.company), "urgency": urgency(lead.call_by, lead.newest_at)}
