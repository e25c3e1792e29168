"""Which events of a webhook an event of a lead is."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.delivery.webhook_events import EVENT_TYPES, TOLD_KINDS, event_types, told_facts

TABLE: list[tuple[str, dict[str, Any], str, str, str]] = [
    # kind, facts, stage before, stage after, events
    ("submitted", {}, "lead", "lead", "response.completed lead.updated"),
    ("submitted", {"unconfirmed": True}, "lead", "lead", "response.completed"),
    ("address_confirmed", {}, "assigned", "assigned", "lead.updated"),
    ("assessed", {}, "lead", "lead", "lead.scored"),
    ("assessed", {}, "lead", "mql", "lead.scored lead.mql"),
    ("assessed", {}, "mql", "mql", "lead.scored"),
    ("assessed", {}, "lead", "sql_ready", "lead.scored lead.mql lead.sql_ready"),
    ("assessed", {}, "mql", "sql_ready", "lead.scored lead.sql_ready"),
    ("assessed", {}, "lead", "review", "lead.scored lead.review_requested"),
    ("assessed", {}, "lead", "nurture", "lead.scored"),
    ("assessed", {}, "lead", "disqualified", "lead.scored lead.disqualified"),
    ("assessed", {}, "lead", "diverted", "lead.scored lead.diverted"),
    ("withdrawn", {}, "disqualified", "lead", "lead.updated"),
    ("assigned", {"rep": "lena"}, "sql_ready", "assigned", "lead.assigned"),
    ("assigned", {"rep": "max", "from": "lena"}, "assigned", "assigned", "lead.reassigned"),
    ("warned", {}, "assigned", "assigned", "lead.sla_warning"),
    ("breached", {}, "assigned", "assigned", "lead.sla_breached"),
    ("contacted", {}, "assigned", "working", "lead.contacted"),
    ("confirmed", {}, "working", "sql", "lead.feedback lead.sql_confirmed"),
    ("rejected", {}, "working", "nurture", "lead.feedback lead.recycled"),
    ("rejected", {}, "working", "disqualified", "lead.feedback lead.disqualified"),
    ("recycled", {}, "working", "nurture", "lead.feedback lead.recycled"),
    ("reviewed", {}, "review", "sql_ready", "lead.sql_ready"),
    ("reviewed", {}, "review", "nurture", ""),
    ("woken", {}, "nurture", "mql", "lead.updated lead.mql"),
    ("opportunity", {}, "sql", "opportunity", "lead.updated"),
    ("reopened", {}, "disqualified", "lead", "lead.updated"),
    ("won", {}, "opportunity", "customer", "lead.updated"),
    ("lost", {}, "opportunity", "lost", "lead.updated"),
    ("viewed", {}, "assigned", "assigned", ""),
    ("merged", {"into": "other"}, "review", "merged", "lead.merged"),
    ("undone", {"kind": "rejected"}, "nurture", "review", ""),
    ("undone", {"kind": "merged"}, "merged", "nurture", "lead.updated"),
]


@pytest.mark.parametrize(("kind", "facts", "before", "after", "types"), TABLE)
def test_an_event_of_a_lead_is_told_once_for_each_thing_it_means(
    kind: str, facts: dict[str, Any], before: str, after: str, types: str
) -> None:
    assert event_types(kind, facts, before, after) == tuple(types.split())


def test_the_first_response_of_a_person_makes_a_lead() -> None:
    first = event_types("submitted", {}, "lead", "lead", is_first=True)
    assert first == ("response.completed", "lead.created")


def test_the_table_covers_every_kind_and_every_type_of_a_lead() -> None:
    assert {kind for kind, *_ in TABLE} >= TOLD_KINDS
    told = {name for *_, types in TABLE for name in types.split()} | {"lead.created"}
    assert told | {"response.started", "report.ready", "survey.published", "policy.published"} == set(EVENT_TYPES)


def test_what_a_person_wrote_is_told_to_nobody() -> None:
    facts = {"reason": "no_budget", "detail": "Anna said the budget is spent.", "then": "nurture"}
    assert told_facts("rejected", facts) == {"reason": "no_budget"}
    assert told_facts("breached", {"clock": "assign", "due": None, "to": ["ines@n.example"]}) == {"clock": "assign"}
    assert told_facts("contacted", {"note": "call back"}) == {}
