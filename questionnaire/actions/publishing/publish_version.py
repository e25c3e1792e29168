"""Publishes a checked survey or policy as an immutable version, to which responses are pinned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from questionnaire.actions import company_settings
from questionnaire.actions.delivery.announcements import announce_other
from questionnaire.actions.people import staff
from questionnaire.actions.publishing import homes
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core import policy as policies
from questionnaire.core.base.problems import Problem, errors
from questionnaire.core.checks import check, check_policy
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.survey import Survey
from questionnaire.core.survey.survey_theme import theme_problems
from questionnaire.library.catalogue import SurveyFolder
from questionnaire.library.images import ProcessedImage, read_pictures, with_pictures
from questionnaire.library.load import AuthoredFile, load_policy, load_survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import images, publications
from questionnaire.storage.publishing.publications import Differs, Kind, PublicationNote
from questionnaire.storage.tables import PublicationRow

_NO_NOTE = PublicationNote()


def publish(
    toolbox: Toolbox, kind: Kind, raw: Mapping[str, Any], now: datetime, pictures: Iterable[ProcessedImage] = ()
) -> Problem | None:
    """Publishes one authored file with its images. Publishing the same content again changes nothing; other content
    needs a new version, else a problem is returned."""
    with toolbox.database.writing() as session:
        try:
            add_version(toolbox, session, kind, str(raw["id"]), int(raw["version"]), raw, now)
            for image in pictures:
                images.keep(session, image.name, image.content, now)
        except Differs as differs:
            hint = f"write `version: {differs.newest + 1}`"
            return Problem("published_differs", ("version",), f"version {differs.version} is published already", hint)
    return None


def add_version(
    toolbox: Toolbox, session: Session, kind: Kind, name: str, version: int, content: Mapping[str, Any], now: datetime,
    note: PublicationNote = _NO_NOTE,
) -> bool:  # fmt: skip
    """Writes a version in the session's transaction, and tells it to webhooks. False when the very same is there
    already; raises Differs when the number is taken."""
    is_new = publications.publish(session, kind, name, version, content, now, note)
    if is_new:
        announce_other(
            toolbox, session, f"{kind}.published", f"{name} {version}", now, {"id": name, "version": version}
        )
    return is_new


def survey_of(toolbox: Toolbox, session: Session, name: str, version: int) -> Survey:
    """A published survey, parsed once per process. Raises LookupError when that version was never published."""
    survey = toolbox.versions.surveys.get((name, version))
    if survey is None:
        survey = _read_survey(publications.find(session, "survey", name, version), name, version)
        toolbox.versions.surveys[name, version] = survey
    return survey


def policy_of(toolbox: Toolbox, session: Session, name: str, version: int) -> Policy:
    """A published policy, parsed once per process. Raises LookupError when that version was never published."""
    policy = toolbox.versions.policies.get((name, version))
    if policy is None:
        row = publications.find(session, "policy", name, version)
        value, problems = policies.read(row.content) if row else (None, ())
        if value is None:
            raise LookupError(f"policy {name} version {version} cannot be read: {problems}")
        policy = toolbox.versions.policies[name, version] = value
    return policy


def _read_survey(row: PublicationRow | None, name: str, version: int) -> Survey:
    value, problems = surveys.read(row.content) if row else (None, ())
    if value is None:
        raise LookupError(f"survey {name} version {version} cannot be read: {problems}")
    return value


def publish_folder(toolbox: Toolbox, folder: Path, now: datetime) -> tuple[Problem, ...]:
    """Publishes all policies, then all surveys of a folder. Returns why files were not published: their errors, or that
    their survey is kept in the builder.

    Content that is published already is not checked again: it cannot have changed.
    """
    survey_folder = SurveyFolder(folder)
    problems: list[Problem] = []
    for path in survey_folder.policies():
        policy_file, file_problems = load_policy(path)
        problems += file_problems
        if policy_file is not None and not errors(file_problems):
            problems += _publish_policy(toolbox, policy_file, now)
    for path in survey_folder.surveys():
        survey_file, file_problems = load_survey(path)
        problems += file_problems
        if survey_file is not None and not errors(file_problems):
            problems += publish_survey(toolbox, survey_file, now)
    return tuple(problem for problem in problems if problem.is_error or problem.code == "kept_in_builder")


def _publish_policy(toolbox: Toolbox, file: AuthoredFile[Policy], now: datetime) -> tuple[Problem, ...]:
    if _is_published(toolbox, "policy", file.source.raw):
        return ()
    problems = file.placed(check_policy(file.value).policy)
    if errors(problems):
        return problems
    return (*problems, *file.placed(_as_tuple(publish(toolbox, "policy", file.source.raw, now))))


def publish_survey(toolbox: Toolbox, file: AuthoredFile[Survey], now: datetime) -> tuple[Problem, ...]:
    """Publishes a survey with its images. Returns the problems of both."""
    pictures, problems = read_pictures(file)
    raw = with_pictures(file.source.raw, pictures)
    if not errors(problems) and not _is_published(toolbox, "survey", raw):
        with toolbox.database.reading() as session:
            elsewhere = homes.warn_of_file(session, file.value.id)
        if elsewhere:
            return (*problems, *file.placed(elsewhere))
        problems = (*problems, *file.placed(_check_survey(toolbox, file.value)))
        if not errors(problems):
            problems = (*problems, *file.placed(_as_tuple(publish(toolbox, "survey", raw, now, pictures.values()))))
    return problems


def picture(toolbox: Toolbox, name: str) -> bytes | None:
    """A published image by its name; None if there is none."""
    with toolbox.database.reading() as session:
        return images.find(session, name)


def _is_published(toolbox: Toolbox, kind: Kind, raw: Mapping[str, Any]) -> bool:
    with toolbox.database.reading() as session:
        row = publications.find(session, kind, str(raw["id"]), int(raw["version"]))
        return row is not None and row.sha256 == publications.fingerprint(raw)


def _check_survey(toolbox: Toolbox, survey: Survey) -> tuple[Problem, ...]:
    """The problems that the checks find in a survey under the newest version of its policy, and in its colours."""
    with toolbox.database.reading() as session:
        version = publications.newest_version(session, "policy", survey.policy)
        if version is None:
            hint = f"put it into `policies/{survey.policy}.yaml`"
            return (Problem("unknown_policy", ("policy",), f"there is no policy `{survey.policy}`", hint),)
        policy = policy_of(toolbox, session, survey.policy, version)
    unreadable = theme_problems(company_settings.theme(toolbox), survey.theme)
    return (*check(survey, policy).survey, *unreadable)


def _as_tuple(problem: Problem | None) -> tuple[Problem, ...]:
    return () if problem is None else (problem,)


def add_reps(toolbox: Toolbox, now: datetime) -> None:
    """Adds the reps of every published policy as users; existing users are not changed."""
    with toolbox.database.writing() as session:
        for row in publications.newest_of_all(session, "policy"):
            staff.seed(toolbox, session, policy_of(toolbox, session, row.id, row.version), now)


def has_no_surveys(toolbox: Toolbox) -> bool:
    """Whether no survey was ever published in this database."""
    with toolbox.database.reading() as session:
        return not publications.newest_of_all(session, "survey")
