"""The set-up of a new installation: which steps are done, and whether it is over. It can be left and taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage import Session
from questionnaire.storage.people import settings_store

NAME = "set-up"
STEPS = ("company", "languages", "email", "sites", "people", "survey")


@dataclass(frozen=True, slots=True)
class SetupProgress:
    """`open`: somebody began and has neither finished nor put it away. `done` are names of STEPS."""

    open: bool
    done: frozenset[str] = frozenset()

    @property
    def next_step(self) -> str:
        """The first step that is not done; the last one when all are."""
        return next((step for step in STEPS if step not in self.done), STEPS[-1])


def progress(toolbox: Toolbox) -> SetupProgress:
    with toolbox.database.reading() as session:
        stored = settings_store.find(session, NAME)
    if stored is None:
        return SetupProgress(False)
    return SetupProgress(not stored.get("finished"), frozenset(stored.get("done", ())))


def start(session: Session, now: datetime) -> None:
    """With the first account, in its transaction."""
    settings_store.keep(session, NAME, {"done": [], "finished": False}, now)


def complete(toolbox: Toolbox, step: str, now: datetime) -> None:
    """Marks a step as done, while the set-up is open."""
    with toolbox.database.writing() as session:
        stored = settings_store.find(session, NAME)
        if stored is not None and not stored.get("finished"):
            done = sorted({*stored.get("done", ()), step})
            settings_store.keep(session, NAME, {**stored, "done": done}, now)


def finish(toolbox: Toolbox, now: datetime) -> None:
    with toolbox.database.writing() as session:
        stored = settings_store.find(session, NAME)
        if stored is not None:
            settings_store.keep(session, NAME, {**stored, "finished": True}, now)
