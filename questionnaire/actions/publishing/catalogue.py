"""What can be put on a site: every published survey in its newest version, with whether it still takes answers."""

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
    """All of them, the open ones first, then by title."""
    with toolbox.database.reading() as session:
        found = [_shared(toolbox, session, row) for row in publications.newest_of_all(session, "survey")]
    return tuple(sorted(found, key=lambda one: (one.closed, one.survey.title.say(one.survey.languages[0]))))


def survey(toolbox: Toolbox, slug: str) -> CatalogueEntry | None:
    return next((one for one in list_surveys(toolbox) if one.survey.id == slug), None)


def _shared(toolbox: Toolbox, session: Session, row: PublicationRow) -> CatalogueEntry:
    return CatalogueEntry(survey_of(toolbox, session, row.id, row.version), publications.is_closed(session, row.id))
