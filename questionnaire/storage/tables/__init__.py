"""Table models. Law: rows without behaviour, one class per table, rules as database constraints.

No `from __future__ import annotations` in this folder: SQLModel reads the annotations themselves.
"""

from questionnaire.storage.tables.agreements import (
    AgreementFileRow,
    PolicyEffectRow,
    PolicyProposalRow,
    PolicySignatureRow,
)
from questionnaire.storage.tables.counts import DigestEntryRow, DigestRow, RateCountRow
from questionnaire.storage.tables.delivery import CircuitBreakerRow, DeliveryRow, HeartbeatRow, JobRow
from questionnaire.storage.tables.drafts import DraftEditRow, DraftRow
from questionnaire.storage.tables.leads import (
    AssignmentRow,
    EventRow,
    LeadCountRow,
    LeadRow,
    LeadTextRow,
    RoundRobinRow,
)
from questionnaire.storage.tables.publications import ImageRow, PolicyVersionRow, PublicationRow, SurveyVersionRow
from questionnaire.storage.tables.responses import (
    AssessmentRow,
    BenchmarkSumRow,
    ConsentRow,
    DocumentRow,
    FormStateRow,
    PartialResponseRow,
    ResponseRow,
    VisitRow,
)
from questionnaire.storage.tables.staff import SettingRow, StaffRow, StaffSessionRow

__all__ = [
    "AgreementFileRow",
    "AssessmentRow",
    "AssignmentRow",
    "BenchmarkSumRow",
    "CircuitBreakerRow",
    "ConsentRow",
    "DeliveryRow",
    "DigestEntryRow",
    "DigestRow",
    "DocumentRow",
    "DraftEditRow",
    "DraftRow",
    "EventRow",
    "FormStateRow",
    "HeartbeatRow",
    "ImageRow",
    "JobRow",
    "LeadCountRow",
    "LeadRow",
    "LeadTextRow",
    "PartialResponseRow",
    "PolicyEffectRow",
    "PolicyProposalRow",
    "PolicySignatureRow",
    "PolicyVersionRow",
    "PublicationRow",
    "RateCountRow",
    "ResponseRow",
    "RoundRobinRow",
    "SettingRow",
    "StaffRow",
    "StaffSessionRow",
    "SurveyVersionRow",
    "VisitRow",
]
