"""Catalogue of published surveys: the newest version of each, and whether it takes answers."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.survey.availability import Availability
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import publications, survey_statuses
from questionnaire.storage.tables import PublicationRow


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    survey: Survey
    availability: Availability

    @property
    def closed(self) -> bool:
        """No one can start it, for whatever reason."""
        return not self.availability.is_open


def list_surveys(toolbox: Toolbox) -> tuple[CatalogueEntry, ...]:
    """All published surveys, open ones first, then by title."""
    with toolbox.database.reading() as session:
        entries = [_entry(toolbox, session, row) for row in publications.newest_of_all(session, "survey")]
    return tuple(sorted(entries, key=lambda entry: (entry.closed, entry.survey.title.say(entry.survey.languages[0]))))


def survey(toolbox: Toolbox, slug: str) -> CatalogueEntry | None:
    with toolbox.database.reading() as session:
        row = publications.find(session, "survey", slug)
        return None if row is None else _entry(toolbox, session, row)


def _entry(toolbox: Toolbox, session: Session, row: PublicationRow) -> CatalogueEntry:
    return CatalogueEntry(
        survey_of(toolbox, session, row.id, row.version), survey_statuses.availability(session, row.id)
    )
