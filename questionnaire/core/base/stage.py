"""The stages of a lead. All other states are a reason, a date or a flag on a stage."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    LEAD = "lead"
    NURTURE = "nurture"
    MQL = "mql"
    REVIEW = "review"
    SQL_READY = "sql_ready"
    ASSIGNED = "assigned"
    WORKING = "working"
    SQL = "sql"
    OPPORTUNITY = "opportunity"
    CUSTOMER = "customer"
    LOST = "lost"
    DISQUALIFIED = "disqualified"
    DIVERTED = "diverted"
    MERGED = "merged"


VERDICTS = (
    Stage.DISQUALIFIED, Stage.DIVERTED, Stage.NURTURE, Stage.LEAD, Stage.MQL, Stage.REVIEW, Stage.SQL_READY,
)  # fmt: skip
"""Stages an assessment may decide on, in the order of the decision."""

OPEN = (Stage.ASSIGNED, Stage.WORKING, Stage.SQL)
"""Stages that count towards a rep's cap: what is on the desk, not what was won or given back."""

OWNED = frozenset({Stage.ASSIGNED, Stage.WORKING, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER})
"""Stages in which a rep has the lead. A new assessment updates the evidence but never changes the stage."""

PARKED = frozenset({Stage.LEAD, Stage.NURTURE, Stage.MQL, Stage.REVIEW})
"""Stages without an owner. A new assessment may change the stage."""


def after_assessment(current: Stage | None, decided: Stage) -> Stage:
    """Returns the stage of a lead after an assessment. `current` is None for a new lead.

    A lead that a rep has stays with the rep. The product never reopens a disqualified, diverted, merged or closed
    lead: only a person does.
    """
    return decided if current is None or current in PARKED or current is Stage.SQL_READY else current
