"""The law of this folder: rows without behaviour, one class per table, rules written as constraints.

No `from __future__ import annotations` in here: SQLModel reads the annotations themselves.
"""

from questionnaire.storage.tables.counts import Digest, Notice, RateCount
from questionnaire.storage.tables.delivery import Destination, Job, Mail, Worker
from questionnaire.storage.tables.leads import Assignment, Event, Lead, PoolCursor
from questionnaire.storage.tables.publications import Picture, PolicyVersion, Published, SurveyVersion
from questionnaire.storage.tables.responses import Assessment, Consent, Document, Draft, Response, Tally, Visit
from questionnaire.storage.tables.staff import Setting, Staff, StaffSession

__all__ = [
    "Assessment",
    "Assignment",
    "Consent",
    "Destination",
    "Digest",
    "Document",
    "Draft",
    "Event",
    "Job",
    "Lead",
    "Mail",
    "Notice",
    "Picture",
    "PolicyVersion",
    "PoolCursor",
    "Published",
    "RateCount",
    "Response",
    "Setting",
    "Staff",
    "StaffSession",
    "SurveyVersion",
    "Tally",
    "Visit",
    "Worker",
]
