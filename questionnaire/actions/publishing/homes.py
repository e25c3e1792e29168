"""Where a survey is kept: in the builder, or as a file in the surveys folder. New versions come from there alone."""

from __future__ import annotations

from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import WARNING, Problem
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts, plans, publications, survey_statuses
from questionnaire.storage.publishing.survey_statuses import SurveyHome

KEPT_IN_FOLDER = Problem(
    "kept_in_folder", (), "this survey is kept in a file", "move it to the builder to work on it here"
)


def home_of(session: Session, name: str) -> SurveyHome:
    """The home someone chose, else that of the newest version; a survey without a version is a draft."""
    chosen = survey_statuses.chosen_home(session, name)
    if chosen is not None:
        return chosen
    newest = publications.versions(session, "survey", name, None, 1)
    return "folder" if newest and not newest[0].published_by else "builder"


def home(toolbox: Toolbox, name: str) -> SurveyHome:
    with toolbox.database.reading() as session:
        return home_of(session, name)


def move(toolbox: Toolbox, name: str, to: SurveyHome, actor: str, now: datetime) -> tuple[Problem, ...]:
    """Moves a survey. Its draft stays, and can be worked on in the builder only."""
    with toolbox.database.writing() as session:
        is_known = publications.newest_version(session, "survey", name) is not None
        if not is_known and drafts.of_name(session, "survey", name) is None:
            return (Problem("unknown_survey", (), f"there is no survey `{name}`", ""),)
        if plans.waiting(session, name) is not None:
            return (Problem("plan_waits", (), "a version of this survey goes live later", "cancel that first"),)
        if not is_known and to == "folder":
            return (Problem("not_published", (), "this survey is a draft only", "publish it, or export the draft"),)
        survey_statuses.set_home(session, name, to, actor, now)
    return ()


def warn_of_file(session: Session, name: str) -> tuple[Problem, ...]:
    """Why a changed file of this survey is not published; nothing for one that is kept in the folder."""
    newest = publications.newest_version(session, "survey", name)
    is_draft = newest is None and drafts.of_name(session, "survey", name) is not None
    if (newest is None and not is_draft) or home_of(session, name) == "folder":
        return ()
    hint = "move the survey to the folder on its page “Versions”, or upload the file in the builder"
    message = f"`{name}` is kept in the builder, so this file is not published"
    return (Problem("kept_in_builder", ("id",), message, hint, WARNING),)
