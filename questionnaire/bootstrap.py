"""The hall: settings in, toolbox out. The only place that reads the environment, the clock and chance."""

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

from questionnaire.actions.publishing import installation_purpose as purposes
from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import DocumentRenderer, Toolbox
from questionnaire.core.base.problems import WARNING, Problem, errors
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme
from questionnaire.library.domains import known_domains
from questionnaire.library.themes import load_theme
from questionnaire.logs import libraries_to_standard_error
from questionnaire.settings import DEMO_DATABASE, DEMO_KEY_START, Settings, data_folder, is_on, read_settings
from questionnaire.storage.db.data_folder import close_to_others, make_folder
from questionnaire.storage.db.engine import open_database
from questionnaire.storage.db.startup_problems import storage_problem
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.schema.versions import check_level, migrate

SECRET_KEY = "QUESTIONNAIRE_SECRET_KEY"  # noqa: S105 (a name)
DEMO_KEY = "demo-secret-key"
DEMO_THEME = Theme(name="Nordlicht")
"""The demo company as prospects read it, unless a theme file names another."""


class Unfit(Exception):
    """The product cannot start like this; every problem is one a person can fix."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    return uuid4().hex


def new_token() -> str:
    """192 random bits, for links and sessions."""
    return secrets.token_urlsafe(24)


def settings(overrides: Mapping[str, str] | None = None) -> tuple[Settings, tuple[Problem, ...]]:
    """The operator's settings and their warnings; Unfit when they are wrong.

    The demo makes its own secret key and takes no other: a link that it signs must open nothing elsewhere.
    """
    env = {**os.environ, **(overrides or {})}
    key_file = data_folder(env) / DEMO_KEY
    unused: tuple[Problem, ...] = ()
    if is_on(env, "DEMO"):
        if env.get(SECRET_KEY):
            message = "the demo keeps to a key of its own; this one is not used"
            unused = (Problem("setting_unused", (SECRET_KEY,), message, "run without --demo to use it", WARNING),)
        env[SECRET_KEY] = _demo_key(key_file)
    found, problems = read_settings(env)
    if found is None:
        raise Unfit(problems)
    if not found.demo and key_file.is_file() and key_file.read_bytes().strip() in found.secret_keys:
        hint = "make one for this installation, see docs/settings.md"
        raise Unfit((Problem("demo_in_production", (SECRET_KEY,), "this is the key of the demo", hint),))
    return found, (*unused, *problems)


def _demo_key(file: Path) -> str:
    """A key that stays the same as long as the demo's data does, readable by its owner alone."""
    make_folder(file.parent)
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            written.write(DEMO_KEY_START + secrets.token_urlsafe(48))
    return file.read_text().strip()


def toolbox(found: Settings, press: DocumentRenderer | None = None, writers: int | None = None) -> Toolbox:
    """Everything the verbs need. Opens the database and does not migrate it. `writers`: see open_database."""
    return Toolbox(
        settings=found,
        database=open_database(found.database_url, writers=writers),
        queue=JobTable(now),
        domains=known_domains(),
        theme=_theme(found),
        now=now,
        new_id=new_id,
        new_token=new_token,
        renderer=press,
    )


def _theme(found: Settings) -> Theme:
    if found.theme_file is None:
        return DEMO_THEME if found.demo else DEFAULT_THEME
    theme, problems = load_theme(found.theme_file)
    if theme is None:
        raise Unfit(problems)
    return theme


def ready_toolbox(found: Settings) -> Toolbox:
    """The toolbox for a command that may be the very first one: the database is brought to level before."""
    make_folder(found.data_dir)
    box = toolbox(found)
    migrate(box.database)
    _check_purpose(found, box)
    return box


def serving_toolbox(found: Settings, press: DocumentRenderer) -> Toolbox:
    """The toolbox for a worker that somebody starts by itself, on a database that is there and at its level."""
    box = toolbox(found, press)
    check_level(box.database)
    _check_purpose(found, box)
    return box


def _check_purpose(found: Settings, box: Toolbox) -> None:
    """Unfit when a production would serve a demo's data, where anybody may be anybody, or a demo that of others."""
    purpose = purposes.purpose(box)
    if purpose == "demo" and not found.demo:
        hint = "take an empty database; sample people and leads do not belong among real ones"
        raise Unfit((Problem("demo_in_production", ("DATABASE_URL",), "this is the database of a demo", hint),))
    if purpose == "production" and found.demo:
        hint = f"move {found.data_dir / DEMO_DATABASE} away, or choose another folder with --data"
        raise Unfit((Problem("production_in_demo", ("DATABASE_URL",), "this database holds leads of people", hint),))


def start_log(found: Settings) -> None:
    """JSON lines: names of events and ids, never answers, tokens or addresses."""
    levels = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
    libraries_to_standard_error(levels[found.log_level])
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(levels[found.log_level]),
        # Asked for at each line: standard error may be another stream by then.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )


def unfit(error: BaseException) -> Unfit | None:
    """What stopped a command as sentences for its operator; None when it is a bug, whose trace somebody needs."""
    if isinstance(error, Unfit):
        return error
    problem = storage_problem(error)
    return Unfit((problem,)) if problem is not None else None


def prepare(found: Settings) -> bool:
    """Brings the database to this program's level. On a new one it publishes the shelf too: True then."""
    box = ready_toolbox(found)
    try:
        fresh = publish_version.has_no_surveys(box)
        if fresh and found.demo:
            purposes.mark_as_demo(box, now())
        close_to_others(found.data_dir, box.database.file)
        problems = refresh(found, box) if fresh else ()
        if fresh and errors(problems) and publish_version.has_no_surveys(box):
            raise Unfit(problems)
        return fresh
    finally:
        box.database.close()


def refresh(found: Settings, box: Toolbox | None = None) -> tuple[Problem, ...]:
    """Publishes what changed on the shelf, and welcomes the reps its policies name."""
    box = box or toolbox(found)
    problems = publish_version.publish_folder(box, found.surveys_dir, now())
    publish_version.add_reps(box, now())
    return problems
