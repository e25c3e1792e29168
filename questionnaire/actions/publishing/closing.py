"""Pauses, closes, archives and reopens a survey. The questions and everything that was answered stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem, did_you_mean
from questionnaire.core.survey.availability import Availability, SurveyState, next_states
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts, publications, survey_statuses


@dataclass(frozen=True, slots=True)
class Closure:
    """A survey after closing or reopening. `is_change` is False when it was closed (or open) already."""

    survey: Survey
    is_change: bool


def close(toolbox: Toolbox, name: str, now: datetime) -> tuple[Closure | None, tuple[Problem, ...]]:
    """From this commit the survey refuses answers. Stored responses, partial responses and their links are kept."""
    return _set_state(toolbox, name, "closed", now)


def reopen(toolbox: Toolbox, name: str, now: datetime) -> tuple[Closure | None, tuple[Problem, ...]]:
    """The survey accepts answers again. Partial responses that have not expired can be resumed."""
    return _set_state(toolbox, name, "open", now)


def _set_state(
    toolbox: Toolbox, name: str, state: SurveyState, now: datetime
) -> tuple[Closure | None, tuple[Problem, ...]]:
    with toolbox.database.writing() as session:
        version = publications.newest_version(session, "survey", name)
        if version is None:
            return None, (_unknown_survey(session, name),)
        before = survey_statuses.availability(session, name).state
        is_change = before not in (("open",) if state == "open" else ("closed", "archived"))
        if is_change:
            survey_statuses.set_state(session, name, state, "", now)
        return Closure(survey_of(toolbox, session, name, version), is_change), ()


def change_state(toolbox: Toolbox, name: str, state: SurveyState, actor: str, now: datetime) -> SurveyState | None:
    """What a person does with a survey in the browser. The state before; None when the survey can’t have this one now,
    or there is no such survey."""
    with toolbox.database.writing() as session:
        is_published = publications.newest_version(session, "survey", name) is not None
        if not is_published and drafts.of_name(session, "survey", name) is None:
            return None
        before = survey_statuses.availability(session, name).state
        if state not in next_states(before, is_published=is_published):
            return None
        survey_statuses.set_state(session, name, state, actor, now)
        return before


def availability(toolbox: Toolbox, name: str) -> Availability:
    with toolbox.database.reading() as session:
        return survey_statuses.availability(session, name)


def _unknown_survey(session: Session, name: str) -> Problem:
    names = [row.id for row in publications.newest_of_all(session, "survey")]
    hint = did_you_mean(name, names, "use the `id` from its file, and publish it with `questionnaire migrate`")
    return Problem("unknown_survey", (name,), f"no survey `{name}` is published", hint)
