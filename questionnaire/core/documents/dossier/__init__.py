"""The dossier of a rep as one view value. The desk page and the PDF render the same sections.

Law: every figure can be traced to a numbered answer, a signal or a rule. Declared, inferred and claimed facts are
distinguished.
To add a section: its builder, one line in DOSSIER_SECTIONS, `templates/dossier/sections/<name>.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.documents.dossier.audit import answers, history, prospect_view, signals
from questionnaire.core.documents.dossier.context import Claimant, ConsentRecord, DossierContext, PastEvent
from questionnaire.core.documents.dossier.qualification import bant, meddic
from questionnaire.core.documents.dossier.scores import checklist, scores
from questionnaire.core.documents.dossier.sources import source
from questionnaire.core.documents.dossier.summary import brief
from questionnaire.core.documents.view_parts import Section

DOSSIER_SECTIONS: Mapping[str, Callable[[DossierContext], Any | None]] = {
    "brief": brief,
    "checklist": checklist,
    "scores": scores,
    "bant": bant,
    "meddic": meddic,
    "answers": answers,
    "signals": signals,
    "source": source,
    "shown_result": prospect_view,
    "history": history,
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """`created` is ISO 8601 in the rep's zone, `on` its day. `language` is the rep's."""

    title: str
    language: str
    created: str
    on: str
    person: str
    company: str
    sections: tuple[Section, ...]

    def section(self, name: str) -> Any | None:
        """Returns the content of a section; None when the dossier has no section of that name."""
        return next((section.content for section in self.sections if section.name == name), None)


def build_dossier(case: DossierContext) -> Dossier:
    """Builds the dossier. Sections without content are left out."""
    company, words = case.contact_text("company"), case.words
    who = ", ".join(part for part in (case.person, company) if part) or case.contact_text("email")
    built = ((name, builder(case)) for name, builder in DOSSIER_SECTIONS.items())
    created = case.local(case.assessment.at)
    return Dossier(
        title=words("Dossier: %(who)s", who=who),
        language=words.language,
        created=created,
        on=created[:10],
        person=case.person,
        company=company,
        sections=tuple(Section(name, content) for name, content in built if content is not None),
    )


__all__ = ["DOSSIER_SECTIONS", "Claimant", "ConsentRecord", "Dossier", "DossierContext", "PastEvent", "build_dossier"]
