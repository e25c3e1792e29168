"""Builds the Toolbox from the settings; the only module that reads environment, clock and random numbers."""

from __future__ import annotations

import logging
import os
import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import structlog

from questionnaire.actions.people import staff
from questionnaire.actions.publishing import installation_purpose as purposes
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import DocumentRenderer, Toolbox
from questionnaire.core.base.problems import WARNING, Problem, errors
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.library.domains import known_domains
from questionnaire.library.themes import load_theme
from questionnaire.logs import libraries_to_standard_error
from questionnaire.settings import DEMO_DATABASE, DEMO_KEY_START, Settings, data_folder, is_on, read_settings
from questionnaire.storage.db.data_folder import make_folder, restrict_permissions
from questionnaire.storage.db.engine import open_database
from questionnaire.storage.db.startup_problems import storage_problem
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.schema.versions import check_level, migrate

SECRET_KEY = "QUESTIONNAIRE_SECRET_KEY"  # noqa: S105 (a name)
DEMO_KEY = "demo-secret-key"
DEMO_THEME = Theme(name="Nordlicht")
"""The theme of the demo company, unless a theme file is set."""


class StartupError(Exception):
    """The product cannot start. Each problem is one that the operator can fix."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    return uuid4().hex


def new_token() -> str:
    """Returns a token of 192 random bits, for links and sessions."""
    return secrets.token_urlsafe(24)


def settings(overrides: Mapping[str, str] | None = None) -> tuple[Settings, tuple[Problem, ...]]:
    """Returns the operator's settings and their warnings. Raises StartupError when they have errors.

    The demo generates its own secret key and ignores any other: links that it signs must not be valid elsewhere.
    """
    env = {**os.environ, **(overrides or {})}
    key_file = data_folder(env) / DEMO_KEY
    warnings: tuple[Problem, ...] = ()
    if is_on(env, "DEMO"):
        if env.get(SECRET_KEY):
            message = "the demo keeps to a key of its own; this one is not used"
            warnings = (Problem("setting_unused", (SECRET_KEY,), message, "run without --demo to use it", WARNING),)
        env[SECRET_KEY] = _demo_key(key_file)
    values, problems = read_settings(env)
    if values is None:
        raise StartupError(problems)
    if not values.demo and key_file.is_file() and key_file.read_bytes().strip() in values.secret_keys:
        hint = "make one for this installation, see docs/settings.md"
        raise StartupError((Problem("demo_in_production", (SECRET_KEY,), "this is the key of the demo", hint),))
    return values, (*warnings, *problems)


def _demo_key(file: Path) -> str:
    """Returns the demo's key. The file is created once, stays with the demo's data, and only its owner can read it."""
    make_folder(file.parent)
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as key_file:
            key_file.write(DEMO_KEY_START + secrets.token_urlsafe(48))
    return file.read_text().strip()


def toolbox(settings: Settings, renderer: DocumentRenderer | None = None, writers: int | None = None) -> Toolbox:
    """Builds the Toolbox for the actions. Opens the database without migrating it. `writers`: see open_database."""
    return Toolbox(
        settings=settings,
        database=open_database(settings.database_url, writers=writers),
        queue=JobTable(now),
        domains=known_domains(),
        theme=_theme(settings),
        now=now,
        new_id=new_id,
        new_token=new_token,
        renderer=renderer,
    )


def _theme(settings: Settings) -> Theme:
    if settings.theme_file is None:
        return DEMO_THEME if settings.demo else DEFAULT_THEME
    theme, problems = load_theme(settings.theme_file)
    if theme is None:
        raise StartupError(problems)
    return theme


def ready_toolbox(settings: Settings) -> Toolbox:
    """Returns the Toolbox for a command that may be the first one to run: it migrates the database first."""
    make_folder(settings.data_dir)
    box = toolbox(settings)
    migrate(box.database)
    _check_purpose(settings, box)
    return box


def serving_toolbox(settings: Settings, renderer: DocumentRenderer) -> Toolbox:
    """Returns the Toolbox for a worker that is started separately.

    The database must exist and have this program's schema version.
    """
    box = toolbox(settings, renderer)
    check_level(box.database)
    _check_purpose(settings, box)
    return box


def _check_purpose(settings: Settings, box: Toolbox) -> None:
    """Raises StartupError when production would use a demo database, or the demo a production database.

    In a demo, everyone can sign in as any user.
    """
    purpose = purposes.purpose(box)
    if purpose == "demo" and not settings.demo:
        hint = "take an empty database; sample people and leads do not belong among real ones"
        raise StartupError((Problem("demo_in_production", ("DATABASE_URL",), "this is the database of a demo", hint),))
    if purpose == "production" and settings.demo:
        hint = f"move {settings.data_dir / DEMO_DATABASE} away, or choose another folder with --data"
        raise StartupError(
            (Problem("production_in_demo", ("DATABASE_URL",), "this database holds leads of people", hint),)
        )


def start_log(settings: Settings) -> None:
    """Sets up logging as JSON lines: event names and ids, never answers, tokens or email addresses."""
    levels = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
    libraries_to_standard_error(levels[settings.log_level])
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(levels[settings.log_level]),
        # Looked up for each line, because sys.stderr may be replaced.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )


def startup_error(error: BaseException) -> StartupError | None:
    """Returns an exception that stopped a command as problems for its operator.

    None when the exception is a bug: then its traceback is needed.
    """
    if isinstance(error, StartupError):
        return error
    problem = storage_problem(error)
    return StartupError((problem,)) if problem is not None else None


def prepare(settings: Settings) -> bool:
    """Migrates the database. Also publishes the surveys folder when the database is new, and returns True then."""
    box = ready_toolbox(settings)
    try:
        is_new = publish_version.has_no_surveys(box)
        if is_new and settings.demo:
            purposes.mark_as_demo(box, now())
        restrict_permissions(settings.data_dir, box.database.file)
        problems = refresh(settings, box) if is_new else ()
        if is_new and not settings.demo:
            staff.deactivate_sample_reps(box)
        if is_new and errors(problems) and publish_version.has_no_surveys(box):
            raise StartupError(problems)
        return is_new
    finally:
        box.database.close()


def refresh(settings: Settings, box: Toolbox | None = None) -> tuple[Problem, ...]:
    """Publishes changed surveys and policies, and creates accounts for the reps that policies name."""
    box = box or toolbox(settings)
    problems = publish_version.publish_folder(box, settings.surveys_dir, now())
    publish_version.add_reps(box, now())
    return problems
