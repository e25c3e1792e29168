"""Purpose of a database: demo (passwordless sign-in as any user) or production. Neither can become the other."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.roles import Role
from questionnaire.storage.leads import lead_page
from questionnaire.storage.leads.leads import Viewer
from questionnaire.storage.people import settings_store

NOTE = "purpose"
# The key that the demo seeding stores.
SEEDED = "demo"


def purpose(toolbox: Toolbox) -> Literal["demo", "production", "new"]:
    """`demo` if a demo created the database, else `production` if it has leads, else `new`."""
    with toolbox.database.reading() as session:
        if settings_store.find(session, NOTE) is not None or settings_store.find(session, SEEDED) is not None:
            return "demo"
        return "production" if lead_page.counts(session, Viewer(Role.ADMIN)).total else "new"


def mark_as_demo(toolbox: Toolbox, now: datetime) -> None:
    with toolbox.database.writing() as session:
        settings_store.keep(session, NOTE, {"demo": True}, now)
