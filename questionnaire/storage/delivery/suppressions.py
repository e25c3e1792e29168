"""The suppression list: mailboxes that get no mail they did not ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import literal, tuple_
from sqlmodel import Session, col, select

from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.db.statements import count_up_to, insert_if_absent, lock_row
from questionnaire.storage.tables import SuppressionRow


def find(session: Session, mailbox_hash: str) -> SuppressionRow | None:
    return session.get(SuppressionRow, mailbox_hash)


def find_all(session: Session, hashes: Sequence[str]) -> tuple[SuppressionRow, ...]:
    return tuple(session.exec(select(SuppressionRow).where(col(SuppressionRow.mailbox_hash).in_(hashes))).all())


def add(session: Session, row: SuppressionRow) -> bool:
    """False when the mailbox is in the list: its first reason and date stay."""
    return insert_if_absent(session, row, "mailbox_hash")


def remove(session: Session, mailbox_hash: str) -> SuppressionRow | None:
    """Returns the entry that was removed, None when there is none."""
    row = lock_row(session, SuppressionRow, mailbox_hash)
    if row is not None:
        session.delete(row)
        session.flush()
    return row


def forget_address(session: Session, mailbox_hash: str) -> bool:
    """Keeps the hash alone, which is enough to find the mailbox again; False when it is not in the list."""
    row = lock_row(session, SuppressionRow, mailbox_hash)
    if row is None:
        return False
    # The server's answer usually repeats the address.
    row.address = row.detail = ""
    session.flush()
    return True


def newest(
    session: Session, limit: int, place: tuple[datetime, str] | None = None, *, before: bool = False
) -> tuple[SuppressionRow, ...]:
    """The newest first. `place`: date and hash of an entry; the entries after it, or those before it, the nearest
    first."""
    here, rows = tuple_(col(SuppressionRow.at), col(SuppressionRow.mailbox_hash)), select(SuppressionRow)
    if place is not None:
        there = tuple_(literal(place[0], UTCDateTime), literal(place[1]))
        rows = rows.where(here > there if before else here < there)
    columns = (col(SuppressionRow.at), col(SuppressionRow.mailbox_hash))
    order = columns if before else tuple(column.desc() for column in columns)
    return tuple(session.exec(rows.order_by(*order).limit(limit)).all())


def count(session: Session, most: int) -> int:
    """Returns the number of entries; `most` + 1 when there are more than that."""
    return count_up_to(session, SuppressionRow, most=most)
