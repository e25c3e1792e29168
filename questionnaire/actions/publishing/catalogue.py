"""Catalogue of published surveys: the newest version of each, and whether it is closed."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import PublicationRow


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    survey: Survey
    closed: bool


def list_surveys(toolbox: Toolbox) -> tuple[CatalogueEntry, ...]:
    """All published surveys, open ones first, then by title."""
    with toolbox.database.reading() as session:
        entries = [_entry(toolbox, session, row) for row in publications.newest_of_all(session, "survey")]
    return tuple(sorted(entries, key=lambda entry: (entry.closed, entry.survey.title.say(entry.survey.languages[0]))))


def survey(toolbox: Toolbox, slug: str) -> CatalogueEntry | None:
    return next((entry for entry in list_surveys(toolbox) if entry.survey.id == slug), None)


def _entry(toolbox: Toolbox, session: Session, row: PublicationRow) -> CatalogueEntry:
    return CatalogueEntry(survey_of(toolbox, session, row.id, row.version), publications.is_closed(session, row.id))
