"""The hall: settings in, toolbox out. The only place that reads the environment, the clock and chance."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import structlog

from questionnaire.actions import publishing
from questionnaire.actions.toolbox import Press, Toolbox
from questionnaire.core.problems import Problem, errors
from questionnaire.core.theme import DEFAULT_THEME, Theme
from questionnaire.library.domains import known_domains
from questionnaire.library.themes import load_theme
from questionnaire.settings import Settings, read_settings
from questionnaire.storage.engine import open_database
from questionnaire.storage.levels import migrate
from questionnaire.storage.queue import WaitingRoom

DEMO_KEY = "demo-secret-key"


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
    """The operator's settings and their warnings; Unfit when they are wrong. The demo makes its own secret key."""
    env = {**os.environ, **(overrides or {})}
    if env.get("QUESTIONNAIRE_DEMO") and not env.get("QUESTIONNAIRE_SECRET_KEY"):
        env["QUESTIONNAIRE_SECRET_KEY"] = _demo_key(Path(env.get("QUESTIONNAIRE_DATA_DIR") or "data").expanduser())
    found, problems = read_settings(env)
    if found is None:
        raise Unfit(problems)
    return found, problems


def _demo_key(folder: Path) -> str:
    """A key that stays the same as long as the demo's data does, readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / DEMO_KEY
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            written.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def toolbox(found: Settings, press: Press | None = None, writers: int | None = None) -> Toolbox:
    """Everything the verbs need. Opens the database and does not migrate it. `writers`: see open_database."""
    return Toolbox(
        settings=found,
        database=open_database(found.database_url, writers=writers),
        queue=WaitingRoom(now),
        domains=known_domains(),
        theme=_theme(found),
        now=now,
        new_id=new_id,
        new_token=new_token,
        press=press,
    )


def _theme(found: Settings) -> Theme:
    if found.theme_file is None:
        return DEFAULT_THEME
    theme, problems = load_theme(found.theme_file)
    if theme is None:
        raise Unfit(problems)
    return theme


def ready_toolbox(found: Settings) -> Toolbox:
    """The toolbox for a command that may be the very first one: the database is brought to level before."""
    box = toolbox(found)
    migrate(box.database)
    return box


def start_log(found: Settings) -> None:
    """JSON lines: names of events and ids, never answers, tokens or addresses."""
    levels = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(levels[found.log_level]),
    )


def prepare(found: Settings) -> bool:
    """Brings the database to this program's level. On a new one it publishes the shelf too: True then."""
    box = toolbox(found)
    try:
        migrate(box.database)
        fresh = publishing.nothing_yet(box)
        problems = refresh(found, box) if fresh else ()
        if fresh and errors(problems) and publishing.nothing_yet(box):
            raise Unfit(problems)
        return fresh
    finally:
        box.database.close()


def refresh(found: Settings, box: Toolbox | None = None) -> tuple[Problem, ...]:
    """Publishes what changed on the shelf, and welcomes the reps its policies name."""
    box = box or toolbox(found)
    problems = publishing.publish_shelf(box, found.surveys_dir, now())
    publishing.welcome_reps(box, now())
    return problems


def fill_demo(found: Settings) -> None:
    """Sample people and leads, once."""
    from questionnaire.actions import demo

    demo.seed(toolbox(found), now())
