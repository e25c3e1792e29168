"""What the installation remembers about itself: a name and a small JSON value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from questionnaire.storage.rows import add_new, locked
from questionnaire.storage.tables import Setting


def find(session: Session, name: str) -> Mapping[str, Any] | None:
    row = session.get(Setting, name)
    return None if row is None else row.value


def keep(session: Session, name: str, value: Mapping[str, Any], now: datetime) -> None:
    """Writes or overwrites."""
    if add_new(session, Setting(name=name, value=dict(value), at=now), "name"):
        return
    row = locked(session, Setting, name)
    if row is not None:
        row.value, row.at = dict(value), now
        session.flush()


def forget(session: Session, name: str) -> None:
    row = session.get(Setting, name)
    if row is not None:
        session.delete(row)
        session.flush()
