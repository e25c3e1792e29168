"""A toolbox for tests: real parts, a database of the test's own, and a clock that can be set."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from questionnaire import bootstrap
from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import read_settings
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery.job_queue import JobTable
from tests.rows import FRIDAY


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved."""

    at: datetime = FRIDAY

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


@dataclass(slots=True)
class Ids:
    """Ids in order, so that a test reads the same each time."""

    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __call__(self) -> str:
        return f"id{next(self.numbers):06}"


def toolbox_for(url: str, **env: str) -> Toolbox:
    """The real toolbox for an address of a database; `env` holds further settings."""
    settings, problems = read_settings(
        {
            "QUESTIONNAIRE_SECRET_KEY": "correct-horse-battery-staple-of-the-tests-0123456789",
            "QUESTIONNAIRE_PUBLIC_URL": "https://q.example",
            "QUESTIONNAIRE_MAIL_FROM": "Nordlicht <hello@nordlicht.example>",
            "QUESTIONNAIRE_DATA_DIR": str(Path(url.removeprefix("sqlite:///")).parent) if "sqlite" in url else "/tmp",
            "DATABASE_URL": url,
            **env,
        }
    )
    assert settings is not None, problems
    return bootstrap.toolbox(settings)


def still_toolbox(database: Database, clock: Clock, **env: str) -> Toolbox:
    """The toolbox over an open database, with a clock that the test moves and ids it can foretell."""
    made = toolbox_for(database.url.render_as_string(hide_password=False).replace("+psycopg", ""), **env)
    made.database.close()
    return replace(made, database=database, queue=JobTable(clock), now=clock, new_id=Ids())
