"""Sample surveys on the front page of the demo: its open surveys with title, description and duration."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.publishing import publications, survey_statuses


@dataclass(frozen=True, slots=True)
class SampleSurvey:
    """A survey on the front page. `minutes` is None when its author entered no estimate."""

    slug: str
    title: str
    description: str
    minutes: int | None
    languages: tuple[str, ...]


def surveys(toolbox: Toolbox, language: str) -> tuple[SampleSurvey, ...]:
    """The open surveys with a contact step, by title; empty outside a demo."""
    if not toolbox.settings.demo:
        return ()
    with toolbox.database.reading() as session:
        rows = publications.newest_of_all(session, "survey")
        published = [survey_of(toolbox, session, row.id, row.version) for row in rows]
        closed = {survey.id for survey in published if survey_statuses.is_closed(session, survey.id)}
    samples = [
        SampleSurvey(
            survey.id,
            survey.title.fill(survey.language(language), {}),
            survey.description.say(survey.language(language)) if survey.description else "",
            survey.display.estimate_minutes,
            survey.languages,
        )
        for survey in published
        if survey.id not in closed and survey.contact is not None
    ]
    return tuple(sorted(samples, key=lambda sample: sample.title))
