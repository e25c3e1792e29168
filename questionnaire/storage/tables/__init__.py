"""Table models. Law: rows without behaviour, one class per table, rules as database constraints.

No `from __future__ import annotations` in this folder: SQLModel reads the annotations themselves.
"""

from questionnaire.storage.tables.agreements import (
    AgreementFileRow,
    PolicyEffectRow,
    PolicyProposalRow,
    PolicySignatureRow,
)
from questionnaire.storage.tables.counts import DigestEntryRow, DigestRow, RateCountRow, VisitCountRow
from questionnaire.storage.tables.delivery import (
    CircuitBreakerRow,
    DeliveryRow,
    HeartbeatRow,
    JobRow,
    SuppressionRow,
    WebhookEndpointRow,
)
from questionnaire.storage.tables.drafts import (
    DraftEditRow,
    DraftImportRow,
    DraftProofRow,
    DraftRow,
    TrialReportRow,
)
from questionnaire.storage.tables.handoff import AbsenceRow, CallNoteRow
from questionnaire.storage.tables.leads import (
    AssignmentRow,
    DistinctPairRow,
    EventRow,
    LeadCountRow,
    LeadRow,
    LeadTextRow,
    MatchKeyRow,
    RoundRobinRow,
)
from questionnaire.storage.tables.publications import (
    ImageRow,
    PolicyVersionRow,
    PublicationRow,
    SurveyVersionRow,
    UnpublishedPictureRow,
)
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
from questionnaire.storage.tables.staff import SettingRow, SignInCodeRow, StaffRow, StaffSessionRow
from questionnaire.storage.tables.surveys import PublicationPlanRow, SurveyStatusRow

__all__ = [
    "AbsenceRow",
    "AgreementFileRow",
    "AssessmentRow",
    "AssignmentRow",
    "BenchmarkSumRow",
    "CallNoteRow",
    "CircuitBreakerRow",
    "ConsentRow",
    "DeliveryRow",
    "DigestEntryRow",
    "DigestRow",
    "DistinctPairRow",
    "DocumentRow",
    "DraftEditRow",
    "DraftImportRow",
    "DraftProofRow",
    "DraftRow",
    "EventRow",
    "FormStateRow",
    "HeartbeatRow",
    "ImageRow",
    "JobRow",
    "LeadCountRow",
    "LeadRow",
    "LeadTextRow",
    "MatchKeyRow",
    "PartialResponseRow",
    "PolicyEffectRow",
    "PolicyProposalRow",
    "PolicySignatureRow",
    "PolicyVersionRow",
    "PublicationPlanRow",
    "PublicationRow",
    "RateCountRow",
    "ResponseRow",
    "RoundRobinRow",
    "SettingRow",
    "SignInCodeRow",
    "StaffRow",
    "StaffSessionRow",
    "SuppressionRow",
    "SurveyStatusRow",
    "SurveyVersionRow",
    "TrialReportRow",
    "UnpublishedPictureRow",
    "VisitCountRow",
    "VisitRow",
    "WebhookEndpointRow",
]
