"""The agreement: everything a policy says, in words that both heads can sign, on screen and on paper.

Law: nothing is left out, and nothing needs the YAML to be understood. What a number is worth stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.axis_parts import fit_part, intent_part, timing_part, titles_part
from questionnaire.core.documents.agreement.calendar_parts import calendars_part
from questionnaire.core.documents.agreement.decision_parts import (
    checklist_part,
    lists_part,
    rules_part,
    thresholds_part,
)
from questionnaire.core.documents.agreement.figure_parts import kpis_part
from questionnaire.core.documents.agreement.handoff_parts import reasons_part, routing_part, sla_part
from questionnaire.core.documents.agreement.parts import (
    PARTS,
    AgreementPart,
    AgreementTable,
    PolicyPart,
    PolicySection,
)
from questionnaire.core.documents.agreement.segment_parts import segments_part
from questionnaire.core.policy import Policy

__all__ = [
    "PARTS",
    "AgreementPart",
    "AgreementTable",
    "PolicyPart",
    "PolicySection",
    "agreement_parts",
    "part_in_words",
]

_BUILDERS: Mapping[str, Callable[[PolicySection], AgreementPart]] = {
    "thresholds": thresholds_part, "fit": fit_part, "intent": intent_part, "timing": timing_part,
    "titles": titles_part, "routing": routing_part, "sla": sla_part, "calendars": calendars_part,
    "reasons": reasons_part, "rules": rules_part, "checklist": checklist_part, "segments": segments_part,
    "lists": lists_part, "kpis": kpis_part,
}  # fmt: skip


def agreement_parts(policy: Policy, words: Translator, today: date) -> tuple[AgreementPart, ...]:
    """Every part that the policy has, in the order of `PARTS`. Holidays are those of a year from `today`."""
    found = (part_in_words(policy, part.name, words, today) for part in PARTS)
    return tuple(part for part in found if part is not None and (part.lines or part.tables))


def part_in_words(policy: Policy, name: str, words: Translator, today: date) -> AgreementPart | None:
    """One part; None for one that only the editor shows."""
    build = _BUILDERS.get(name)
    return build(PolicySection(policy, words, today)) if build is not None else None
