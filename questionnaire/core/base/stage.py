"""The stages of a lead. Everything else is a reason, a date or a flag on a stage."""

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
"""Stages in which a rep holds the lead: a new assessment updates its evidence and never moves it."""

PARKED = frozenset({Stage.LEAD, Stage.NURTURE, Stage.MQL, Stage.REVIEW})
"""Stages that a new assessment may move."""


def after_assessment(held: Stage | None, decided: Stage) -> Stage:
    """The stage of a lead once an assessment has decided; `held` is None for a new lead.

    A lead that a rep holds stays with the rep. The system never brings back a disqualified, diverted, merged or
    closed lead: only a person does.
    """
    return decided if held is None or held in PARKED or held is Stage.SQL_READY else held
