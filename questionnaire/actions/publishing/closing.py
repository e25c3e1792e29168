"""Closes a published survey to new responses and reopens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem, did_you_mean
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import publications


@dataclass(frozen=True, slots=True)
class Closure:
    """A survey after closing or reopening. `is_change` is False when it was closed (or open) already."""

    survey: Survey
    is_change: bool


def close(toolbox: Toolbox, name: str, now: datetime) -> tuple[Closure | None, tuple[Problem, ...]]:
    """From this commit the survey refuses answers. Stored responses, partial responses and their links are kept."""
    return _set_closed(toolbox, name, True, now)


def reopen(toolbox: Toolbox, name: str, now: datetime) -> tuple[Closure | None, tuple[Problem, ...]]:
    """The survey accepts answers again. Partial responses that have not expired can be resumed."""
    return _set_closed(toolbox, name, False, now)


def _set_closed(toolbox: Toolbox, name: str, closed: bool, now: datetime) -> tuple[Closure | None, tuple[Problem, ...]]:
    with toolbox.database.writing() as session:
        version = publications.newest_version(session, "survey", name)
        if version is None:
            return None, (_unknown_survey(session, name),)
        is_change = publications.is_closed(session, name) != closed
        if is_change and closed:
            publications.close(session, name, now)
        elif is_change:
            publications.reopen(session, name)
        return Closure(survey_of(toolbox, session, name, version), is_change), ()


def _unknown_survey(session: Session, name: str) -> Problem:
    names = [row.id for row in publications.newest_of_all(session, "survey")]
    hint = did_you_mean(name, names, "use the `id` from its file, and publish it with `questionnaire migrate`")
    return Problem("unknown_survey", (name,), f"no survey `{name}` is published", hint)
