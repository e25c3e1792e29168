"""What a newcomer can try: the open surveys of the demo, in the words of their authors."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.publishing import publications


@dataclass(frozen=True, slots=True)
class SampleSurvey:
    """A survey on the front page. `minutes` is None when its author gave no estimate."""

    slug: str
    title: str
    description: str
    minutes: int | None
    languages: tuple[str, ...]


def surveys(toolbox: Toolbox, language: str) -> tuple[SampleSurvey, ...]:
    """The open surveys that end in a report for somebody, by title; nothing outside the demo."""
    if not toolbox.settings.demo:
        return ()
    with toolbox.database.reading() as session:
        rows = publications.newest_of_all(session, "survey")
        found = [survey_of(toolbox, session, row.id, row.version) for row in rows]
        closed = {survey.id for survey in found if publications.is_closed(session, survey.id)}
    shown = [
        SampleSurvey(
            survey.id,
            survey.title.say(survey.language(language)),
            survey.description.say(survey.language(language)) if survey.description else "",
            survey.display.estimate_minutes,
            survey.languages,
        )
        for survey in found
        if survey.id not in closed and survey.contact is not None
    ]
    return tuple(sorted(shown, key=lambda one: one.title))
