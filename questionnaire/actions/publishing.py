"""Publishing: a checked survey or policy becomes an immutable version; responses are pinned to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core import policy as policies
from questionnaire.core import survey as surveys
from questionnaire.core.policy import Policy
from questionnaire.core.problems import Problem
from questionnaire.core.survey import Survey
from questionnaire.storage import publications
from questionnaire.storage.publications import Differs, Kind
from questionnaire.storage.tables import Published


def publish(toolbox: Toolbox, kind: Kind, raw: Mapping[str, Any], now: datetime) -> Problem | None:
    """Publishes one authored file. The same content again changes nothing; other content needs a new version."""
    with toolbox.database.writing() as session:
        try:
            publications.publish(session, kind, str(raw["id"]), int(raw["version"]), raw, now)
        except Differs as differs:
            hint = f"write `version: {differs.newest + 1}`"
            return Problem("published_differs", ("version",), f"version {differs.version} is published already", hint)
    return None


def publish_all(toolbox: Toolbox, kind: Kind, files: Iterable[Mapping[str, Any]], now: datetime) -> tuple[Problem, ...]:
    """Publishes what changed, in one look at what is there."""
    found = (publish(toolbox, kind, raw, now) for raw in files)
    return tuple(problem for problem in found if problem is not None)


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


def _read_survey(row: Published | None, name: str, version: int) -> Survey:
    value, problems = surveys.read(row.content) if row else (None, ())
    if value is None:
        raise LookupError(f"survey {name} version {version} cannot be read: {problems}")
    return value
