"""Publishing: a checked survey or policy becomes an immutable version; responses are pinned to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from questionnaire.actions.people import staff
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core import policy as policies
from questionnaire.core.base.problems import Problem, errors
from questionnaire.core.checks import check, check_policy
from questionnaire.core.policy import Policy
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.survey import Survey
from questionnaire.library.catalogue import SurveyFolder
from questionnaire.library.images import ProcessedImage, read_pictures, with_pictures
from questionnaire.library.load import AuthoredFile, load_policy, load_survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import images, publications
from questionnaire.storage.publishing.publications import Differs, Kind
from questionnaire.storage.tables import PublicationRow


def publish(
    toolbox: Toolbox, kind: Kind, raw: Mapping[str, Any], now: datetime, shown: Iterable[ProcessedImage] = ()
) -> Problem | None:
    """Publishes one authored file with its pictures. The same content again changes nothing; other content needs a
    new version."""
    with toolbox.database.writing() as session:
        try:
            publications.publish(session, kind, str(raw["id"]), int(raw["version"]), raw, now)
            for picture in shown:
                images.keep(session, picture.name, picture.content, now)
        except Differs as differs:
            hint = f"write `version: {differs.newest + 1}`"
            return Problem("published_differs", ("version",), f"version {differs.version} is published already", hint)
    return None


def survey_of(toolbox: Toolbox, session: Session, name: str, version: int) -> Survey:
    """A published survey; read once per process. LookupError when it was never published."""
    known = toolbox.printed.surveys.get((name, version))
    if known is None:
        known = _read_survey(publications.find(session, "survey", name, version), name, version)
        toolbox.printed.surveys[name, version] = known
    return known


def policy_of(toolbox: Toolbox, session: Session, name: str, version: int) -> Policy:
    """A published policy; read once per process. LookupError when it was never published."""
    known = toolbox.printed.policies.get((name, version))
    if known is None:
        row = publications.find(session, "policy", name, version)
        value, problems = policies.read(row.content) if row else (None, ())
        if value is None:
            raise LookupError(f"policy {name} version {version} cannot be read: {problems}")
        known = toolbox.printed.policies[name, version] = value
    return known


def _read_survey(row: PublicationRow | None, name: str, version: int) -> Survey:
    value, problems = surveys.read(row.content) if row else (None, ())
    if value is None:
        raise LookupError(f"survey {name} version {version} cannot be read: {problems}")
    return value


def publish_shelf(toolbox: Toolbox, folder: Path, now: datetime) -> tuple[Problem, ...]:
    """Publishes what the folder holds, policies first. Files with errors are left out and told about.

    What is published already is not proved again: it cannot have changed.
    """
    shelf = SurveyFolder(folder)
    problems: list[Problem] = []
    for path in shelf.policies():
        policy_sheet, found = load_policy(path)
        if policy_sheet is not None and not errors(found) and not _stands(toolbox, "policy", policy_sheet.source.raw):
            found = (*found, *policy_sheet.placed(check_policy(policy_sheet.value).policy))
            if not errors(found):
                found = (*found, *policy_sheet.placed(_some(publish(toolbox, "policy", policy_sheet.source.raw, now))))
        problems += found
    for path in shelf.surveys():
        survey_sheet, found = load_survey(path)
        problems += (
            found if survey_sheet is None or errors(found) else (*found, *publish_sheet(toolbox, survey_sheet, now))
        )
    return errors(problems)


def publish_sheet(toolbox: Toolbox, sheet: AuthoredFile[Survey], now: datetime) -> tuple[Problem, ...]:
    """Publishes a survey and what lies beside it; what is wrong with either."""
    shown, found = read_pictures(sheet)
    raw = with_pictures(sheet.source.raw, shown)
    if not errors(found) and not _stands(toolbox, "survey", raw):
        found = (*found, *sheet.placed(_checked(toolbox, sheet.value)))
        if not errors(found):
            found = (*found, *sheet.placed(_some(publish(toolbox, "survey", raw, now, shown.values()))))
    return found


def picture(toolbox: Toolbox, name: str) -> bytes | None:
    """A picture that was published with some survey, by the name it got."""
    with toolbox.database.reading() as session:
        return images.find(session, name)


def _stands(toolbox: Toolbox, kind: Kind, raw: Mapping[str, Any]) -> bool:
    with toolbox.database.reading() as session:
        row = publications.find(session, kind, str(raw["id"]), int(raw["version"]))
        return row is not None and row.sha256 == publications.fingerprint(raw)


def _checked(toolbox: Toolbox, survey: Survey) -> tuple[Problem, ...]:
    """What the proof finds in the survey, under the newest policy it names."""
    with toolbox.database.reading() as session:
        version = publications.newest_version(session, "policy", survey.policy)
        if version is None:
            hint = f"put it into `policies/{survey.policy}.yaml`"
            return (Problem("unknown_policy", ("policy",), f"there is no policy `{survey.policy}`", hint),)
        policy = policy_of(toolbox, session, survey.policy, version)
    return check(survey, policy).survey


def _some(problem: Problem | None) -> tuple[Problem, ...]:
    return () if problem is None else (problem,)


def welcome_reps(toolbox: Toolbox, now: datetime) -> None:
    """Every published policy's reps become people of the installation; those who are there stay as they are."""
    with toolbox.database.writing() as session:
        for row in publications.newest_of_all(session, "policy"):
            staff.seed(toolbox, session, policy_of(toolbox, session, row.id, row.version), now)


def nothing_yet(toolbox: Toolbox) -> bool:
    """Whether no survey was ever published here."""
    with toolbox.database.reading() as session:
        return not publications.newest_of_all(session, "survey")
