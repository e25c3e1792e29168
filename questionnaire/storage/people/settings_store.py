"""Stored settings of the installation: a name and a small JSON value each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert_if_absent, lock_row
from questionnaire.storage.tables import SettingRow

_BY_NAME = select(col(SettingRow.value)).where(col(SettingRow.name) == bindparam("name"))


def find(session: Session, name: str) -> Mapping[str, Any] | None:
    session.flush()
    row = execute_core(session, _BY_NAME, {"name": name}).first()
    return None if row is None else dict(row.value)


def keep(session: Session, name: str, value: Mapping[str, Any], now: datetime) -> None:
    """Inserts or overwrites the setting."""
    if insert_if_absent(session, SettingRow(name=name, value=dict(value), at=now), "name"):
        return
    row = lock_row(session, SettingRow, name)
    if row is not None:
        row.value, row.at = dict(value), now
        session.flush()


def forget(session: Session, name: str) -> None:
    row = session.get(SettingRow, name)
    if row is not None:
        session.delete(row)
        session.flush()
